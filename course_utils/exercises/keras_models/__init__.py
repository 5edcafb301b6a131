"""What a judge without TensorFlow can say of Keras models: forward pass, loss and first step."""
