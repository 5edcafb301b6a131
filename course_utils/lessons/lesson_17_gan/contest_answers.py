"""Right answers to the contest, written in four ways; the first is the reference."""

from course_utils.environment import Lazy, keras

tf = Lazy("tensorflow")


class TwoPlayers:
    """A generator and a discriminator, and one step for each."""

    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(real)))
            loss += keras.ops.mean(keras.ops.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


class ContestKerasLoss:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.entropy = keras.losses.BinaryCrossentropy(from_logits=True)
        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            real, fake = self.discriminator(real), self.discriminator(self.generator(noise))
            loss = self.entropy(tf.ones_like(real), real)
            loss += self.entropy(tf.zeros_like(fake), fake)
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            fake = self.discriminator(self.generator(noise))
            loss = self.entropy(tf.ones_like(fake), fake)
        weights = self.generator.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return loss


class ContestByHand:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softplus(-self.discriminator(real)))
            loss += tf.reduce_mean(tf.nn.softplus(self.discriminator(self.generator(noise))))
        weights = self.discriminator.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.discriminator_optimizer.apply(gradients, weights)
        return float(loss)

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softplus(-self.discriminator(self.generator(noise))))
        weights = self.generator.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.generator_optimizer.apply(gradients, weights)
        return float(loss)


class ContestOneStep:
    def __init__(self, noise_size, pixels, width=128, rate=0.0005):
        def network(inputs, outputs, last):
            return keras.Sequential([
                keras.Input((inputs,)),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(width, "leaky_relu"),
                keras.layers.Dense(outputs, last),
            ])

        self.generator, self.discriminator = network(noise_size, pixels, "sigmoid"), network(pixels, 1, None)
        self.generator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)
        self.discriminator_optimizer = keras.optimizers.Adam(rate, beta_1=0.5)

    def discriminator_step(self, real, noise):
        with tf.GradientTape() as tape:
            on_real, on_fake = self.discriminator(real), self.discriminator(self.generator(noise))
            loss = keras.ops.mean(keras.ops.softplus(-on_real)) + keras.ops.mean(keras.ops.softplus(on_fake))
        return self.step(tape, loss, self.discriminator, self.discriminator_optimizer)

    def generator_step(self, noise):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.softplus(-self.discriminator(self.generator(noise))))
        return self.step(tape, loss, self.generator, self.generator_optimizer)

    def step(self, tape, loss, network, optimizer):
        weights = network.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return loss
