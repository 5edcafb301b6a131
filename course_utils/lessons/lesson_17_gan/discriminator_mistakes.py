"""The discriminator's loss: mistakes in how the two means become one number."""

from .discriminator_loss import discriminator_loss

discriminator_loss.slip(
    "one-mean",
    "You put both groups together and take one mean. The text takes a mean of each group and adds them.",
    "np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits",
    "np.mean(np.concatenate([np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)]",
)

discriminator_loss.slip(
    "difference",
    "You subtract the second mean from the first. Both are costs of the discriminator: what does the text do with them?",
    "np.mean(np.logaddexp(0, -real_logits)) +",
    "np.mean(np.logaddexp(0, -real_logits)) -",
)
