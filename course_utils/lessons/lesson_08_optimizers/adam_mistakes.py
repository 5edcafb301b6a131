"""More mistakes in Adam: memories that go wrong, corrections that go wrong, and relatives of it."""

from .adam import AdamOfThePaper, adam
from .common import rounds, shrinks

adam.slip(
    "m-squared-for-the-gradient",
    "v takes up the square of m. It is the mean of the squares of the *gradients*.",
    "gradient**2",
    "self.m**2",
)

adam.slip(
    "m-forgets",
    "m starts from 0 in each step, so nothing of the old gradients is left. Keep the new one in `self.m`.",
    "self.beta_1 * self.m + ",
    "",
)

adam.slip(
    "v-forgets",
    "v starts from 0 in each step, so nothing of the old squares is left. Keep the new one in `self.v`.",
    "self.beta_2 * self.v + ",
    "",
)

adam.slip(
    "m-weights-swapped",
    "In m, beta_1 and 1 - beta_1 have changed places: the *old* mean should count for most.",
    "self.beta_1 * self.m + (1 - self.beta_1) * gradient\n",
    "(1 - self.beta_1) * self.m + self.beta_1 * gradient\n",
)

adam.slip(
    "v-weights-swapped",
    "In v, beta_2 and 1 - beta_2 have changed places: the *old* mean should count for most.",
    "self.beta_2 * self.v + (1 - self.beta_2) * gradient**2",
    "(1 - self.beta_2) * self.v + self.beta_2 * gradient**2",
)

adam.slip(
    "beta-of-the-other-in-m",
    "In m, two betas meet. What stands before the gradient has to be 1 minus the same beta that stands before the old m.",
    "(1 - self.beta_1) * gradient\n",
    "(1 - self.beta_2) * gradient\n",
)

adam.slip(
    "beta-of-the-other-in-v",
    "In v, two betas meet. What stands before the square has to be 1 minus the same beta that stands before the old v.",
    "(1 - self.beta_2) * gradient**2",
    "(1 - self.beta_1) * gradient**2",
)

adam.slip(
    "corrections-crossed",
    "The corrections have changed places: m is corrected with beta_2 and v with beta_1. Each is a mean with a beta of its own.",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m / (1 - self.beta_2**self.t), self.v / (1 - self.beta_1**self.t)",
)

adam.slip(
    "one-size-for-all",
    "All the weights share one mean of squares. Each weight needs its own v. No `np.mean` here.",
    "gradient**2",
    "np.mean(gradient**2)",
)

adam.slip(
    "rate-without-its-root",
    "v is a mean of squares, and its root is taken. So its correction needs the root too: where is it in your rate?",
    "np.sqrt(1 - self.beta_2**self.t)",
    "(1 - self.beta_2**self.t)",
    of="the correction in the rate, as Keras has it",
)

adam.slip(
    "rate-upside-down",
    "The fraction in your rate stands on its head. Which of the two corrections makes the step longer, that of m or that of v?",
    "np.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)",
    "(1 - self.beta_1**self.t) / np.sqrt(1 - self.beta_2**self.t)",
    of="the correction in the rate, as Keras has it",
)

adam.slip(
    "amsgrad",
    "You divide by the largest v so far: that is AMSGrad, a relative of Adam. In Adam v may shrink again.",
    "self.v / (1 - self.beta_2**self.t)\n",
    'self.v / (1 - self.beta_2**self.t)\n        v_hat = self.most = np.maximum(getattr(self, "most", 0.0), v_hat)\n',
)

adam.slip(
    "nadam",
    "You look a step ahead: part of the mean and once more the gradient. That is Nadam, a relative of Adam. In Adam the corrected m alone moves w.",
    "self.learning_rate * m_hat",
    "self.learning_rate * (self.beta_1 * m_hat + (1 - self.beta_1) * gradient / (1 - self.beta_1**self.t))",
)

adam.slip(
    "only-the-step",
    "This is the move. Where do you arrive, when you start at w?",
    "return w - ",
    "return -",
)

adam.slip(
    "w-shrinks",
    "Besides the step, w itself is multiplied by something each time (weight decay, as in AdamW). In Adam w stays as it is.",
    "return w - ",
    "return 0.999 * w - ",
    when=shrinks(AdamOfThePaper),
)

adam.slip(
    "rounded",
    "Your new weights are rounded. Small steps get lost that way, one after the other: keep every digit.",
    "return w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)",
    "return np.round(w - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon), 3)",
    when=rounds(AdamOfThePaper),
)

adam.slip(
    "multiplied",
    "You multiply by the size of the gradients, so steep slopes make even longer steps. They should become equally long.",
    "m_hat / (np.sqrt(v_hat)",
    "m_hat * (np.sqrt(v_hat)",
)

adam.slip(
    "nothing-kept",
    "m and v start from 0 in each step, so nothing of the old gradients is left. Keep the new ones in `self.m` and `self.v`.",
    "self.t += 1\n",
    "self.t += 1\n        self.m = self.v = 0.0\n",
)

adam.slip(
    "power-of-the-rest",
    "You raise 1 - beta to the power t. Which of the two is raised: beta, or 1 - beta?",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m / (1 - self.beta_1) ** self.t, self.v / (1 - self.beta_2) ** self.t",
)

adam.slip(
    "no-brackets-below",
    "Without brackets you divide by 1 and take the power away afterwards. What belongs below the fraction line?",
    "self.m / (1 - self.beta_1**self.t), self.v / (1 - self.beta_2**self.t)",
    "self.m / 1 - self.beta_1**self.t, self.v / 1 - self.beta_2**self.t",
)

adam.slip(
    "fixed-betas",
    "You take 0.9 and 0.999 whatever the caller asks for. Which names hold the betas?",
    "learning_rate, beta_1, beta_2, epsilon\n",
    "learning_rate, 0.9, 0.999, epsilon\n",
)

adam.slip(
    "rate-fades",
    "Your rate gets smaller with every step: it is divided by the root of t. Adam's rate stays as it was given.",
    "self.learning_rate * m_hat",
    "self.learning_rate / np.sqrt(self.t) * m_hat",
)
