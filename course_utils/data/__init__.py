"""The bundled samples, each beside the script that made it and the licences of what it was made from."""
