"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

count = ValuesExercise(
    "count-trainable",
    points=2,
    title="Count what is trained",
    reference=lambda: {"old_head": 650, "new_head": 325, "frozen": 56_064, "all_trainable": 56_389},
)
count.terms("new_head", weights=64 * 5, biases=5)
count.terms("old_head", weights=64 * 10, biases=10)
count.terms(
    "frozen",
    numbers_of_the_first_convolution=160,
    numbers_of_the_second_convolution=4_640,
    numbers_of_the_hidden_layer=51_264,
)
count.follows("all_trainable", lambda new_head, frozen: new_head + frozen)
count.right("NumPy whole numbers", old_head=np.int64(650), frozen=np.int64(56_064))
count.right("as floats", new_head=325.0, all_trainable=56_389.0)
count.wrong("no-biases", "64 numbers for each of 10 classes make 640. What else does each neuron own?", old_head=640)
count.wrong(
    "no-biases-in-the-new-head",
    "64 numbers for each of 5 classes make 320. What else does each of the 5 neurons own?",
    new_head=320,
)
count.wrong(
    "new-head-on-the-old",
    "You put the new head behind the old one: 10 numbers for each of 5 classes. The old head is cut off. "
    "How many numbers come out of the layer before it?",
    new_head=55,
)
count.wrong(
    "new-head-beside-the-old",
    "975 are the parameters of both heads. The old head is cut off: which neurons does the new one have?",
    new_head=975,
)
count.wrong(
    "flatten-into-head", "800 is what leaves Flatten. Which layer stands between Flatten and the head?", new_head=4_005
)
count.wrong(
    "only-convolutions",
    "You froze the two convolutions. The hidden layer of 64 neurons was taken over as well: what does it add?",
    frozen=4_800,
)
count.wrong(
    "old-head-kept",
    "Your number of frozen parameters still holds the old head. Does it stay in the network?",
    frozen=56_714,
)
count.wrong(
    "old-network-again",
    "56,714 is the old network with its head for 10 classes. Which head does the network wear in the last line?",
    all_trainable=56_714,
)
count.wrong(
    "both-heads",
    "57,039 parameters are those of the body and of two heads. How many heads does the network wear in the last line?",
    all_trainable=57_039,
)
count.wrong(
    "new-head-frozen",
    "56,389 counts the new head among those that stand still. Which part learns while the rest is frozen?",
    frozen=56_389,
)
count.wrong(
    "body-without-head",
    "56,064 is the body alone. In the last line nothing is frozen: what stands on the body?",
    all_trainable=56_064,
)
count.wrong(
    "frozen-stay-frozen",
    "In the last line nothing is frozen any more. Which parameters join those of the new head?",
    all_trainable=325,
)


choose = ValuesExercise(
    "choose",
    points=3,
    title="Five situations",
    reference=lambda: {
        "parcel_office": "features",
        "fifty_schools": "features",
        "new_camera": "fine-tune",
        "bird_songs": "scratch",
        "chalk_board": "prepare",
    },
)
choose.offer("prepare", "features", "fine-tune", "scratch")
choose.right("capital letters", parcel_office="Features", bird_songs="Scratch")
choose.right("with a stray space", new_camera=" fine-tune", chalk_board="prepare ")
choose.wrong(
    "all-with-few-labels",
    "The parcel office has three labels for each digit. Look at the curves: with so few, which is ahead, training "
    "everything anew or only a head?",
    parcel_office="scratch",
)
choose.wrong(
    "too-much-for-a-laptop",
    "Thirty labels, and a laptop that would have to train the whole body. What trains in a moment and needs few labels?",
    parcel_office="fine-tune",
)
choose.wrong(
    "fifty-from-nothing",
    "Twenty labels a sign are few, and fifty whole networks are much for one small server. What can the schools "
    "share, computed once?",
    fifty_schools="scratch",
)
choose.wrong(
    "hyphen",
    "The word is right but spelled otherwise: write `fine-tune`, with a hyphen, as in the list.",
    new_camera="finetune",
)
choose.wrong(
    "no-label-no-head",
    "A new head has to be trained, and there is not a single label. What can you do to the images instead?",
    chalk_board="features",
)
choose.wrong(
    "one-network-each",
    "Fifty networks, each trained on its own, need fifty times the room and the time, and the server has neither. What can the "
    "schools share, computed once?",
    fifty_schools="fine-tune",
)
choose.wrong(
    "frozen-for-ever",
    "Features alone have stopped at 85 %, and there are thousands of labels. What may the body do now, carefully?",
    new_camera="features",
)
choose.wrong(
    "forget-what-is-near",
    "The camera's digits are digits still, and the body reads most of them. Why throw that away?",
    new_camera="scratch",
)
choose.wrong(
    "digits-for-songs",
    "What does a body that knows pen strokes know of sounds? And there are half a million labelled recordings.",
    bird_songs="features",
)
choose.wrong(
    "nothing-to-prepare",
    "`prepare` changes the images, and the parcel office's can be read as they are. What learns from three labels of each digit?",
    parcel_office="prepare",
)
choose.wrong(
    "signs-no-body-can-name",
    "However the images are prepared, the old head has no place for the schools' signs. What has to be trained for them, at little cost?",
    fifty_schools="prepare",
)
choose.wrong(
    "no-line-mends-blur",
    "No line of preparation makes blurry digits sharp. With 20,000 labels, what may learn to read them as they are?",
    new_camera="prepare",
)
choose.wrong(
    "tuned-from-strokes",
    "Fine-tuning starts from what the body knows, and it knows pen strokes. What of that is of use for sounds, with 500,000 labels at hand?",
    bird_songs="fine-tune",
)
choose.wrong(
    "songs-are-no-digits",
    "Prepared in whatever way, a song is no digit. Where does a network for sounds get its layers from?",
    bird_songs="prepare",
)
choose.wrong(
    "scratch-without-labels",
    "Training from nothing needs labels most of all, and the chalk board has none. You know exactly what differs: what undoes it?",
    chalk_board="scratch",
)
choose.wrong(
    "tune-away-the-difference",
    "Training could learn the other values in time, with labels. But you know exactly what differs. What "
    "costs one line and no label?",
    chalk_board="fine-tune",
)
