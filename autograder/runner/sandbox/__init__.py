"""The cage around one student's process, made of barriers that hold independently of each other."""
