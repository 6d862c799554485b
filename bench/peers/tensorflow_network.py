"""TensorFlow: networks, an epoch's loop over steps inside one tf.function, or Keras's fit()."""

import numpy as np
import tensorflow as tf

from peers import network
from peers.timing import timed


class _Adam:
    """Adam's fused step, in place, as tf.keras's own optimisers no longer have it."""

    def __init__(self, variables):
        self._variables = variables
        self._moments = [[tf.Variable(tf.zeros_like(v)) for v in variables] for _ in range(2)]

    def apply(self, step, gradients):
        """step: from 1, f32."""
        for variable, mean, square, gradient in zip(self._variables, *self._moments, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=mean.handle, v=square.handle,
                beta1_power=tf.pow(network.BETA1, step), beta2_power=tf.pow(network.BETA2, step),
                lr=network.LEARNING_RATE, beta1=network.BETA1, beta2=network.BETA2,
                epsilon=network.EPSILON, grad=gradient)

    def reset(self):
        for moment in (*self._moments[0], *self._moments[1]):
            moment.assign(tf.zeros_like(moment))


def _logits(x, layers):
    for kernel, bias in layers[:-1]:
        x = tf.nn.relu(tf.matmul(x, kernel) + bias)
    kernel, bias = layers[-1]
    return tf.matmul(x, kernel) + bias


def _make_epoch(layers, adam, jit_compile):
    variables = [variable for layer in layers for variable in layer]

    @tf.function(jit_compile=jit_compile)
    def epoch(x, labels, order, first_step):
        for i in tf.range(tf.shape(order)[0]):
            rows = order[i]
            with tf.GradientTape() as tape:
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
                    tf.gather(labels, rows), _logits(tf.gather(x, rows), layers))
                loss = tf.reduce_mean(losses)
            gradients = tape.gradient(loss, variables)
            adam.apply(tf.cast(first_step + i + 1, tf.float32), gradients)

    return epoch


def loop(settings):
    features, labels, classes = network.load(settings)
    first = network.first_layers(features.shape[1], settings["hidden"], classes)
    layers = [(tf.Variable(kernel), tf.Variable(bias)) for kernel, bias in first]
    adam = _Adam([variable for layer in layers for variable in layer])
    epoch = _make_epoch(layers, adam, settings["jit_compile"])
    x, y = tf.constant(features), tf.constant(labels)

    def train(epochs):
        random, steps = np.random.default_rng(0), 0
        for _ in range(epochs):
            order = network.new_order(len(labels), settings["batch"], random)
            epoch(x, y, tf.constant(order), tf.constant(steps))
            steps += len(order)
        return [(kernel.numpy(), bias.numpy()) for kernel, bias in layers]

    def run(epochs=settings["epochs"]):
        for layer, values in zip(layers, first):
            for variable, value in zip(layer, values):
                variable.assign(value)
        adam.reset()
        return network.answer(settings, *timed(lambda: train(epochs)))

    run(1)
    return run


def _make_model(settings, features, classes):
    """As a tutorial writes it; from_logits tells where the softmax is."""
    from_logits = settings.get("from_logits", True)
    layers = [tf.keras.layers.Dense(units, activation="relu") for units in settings["hidden"]]
    output = tf.keras.layers.Dense(classes, activation=None if from_logits else "softmax")
    model = tf.keras.Sequential([tf.keras.Input((features,)), *layers, output])
    model.compile(
        optimizer=tf.keras.optimizers.Adam(network.LEARNING_RATE),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits),
        jit_compile=settings["jit_compile"], steps_per_execution=settings["steps_per_execution"])
    return model


def fit(settings):
    x, y, classes = network.load(settings)
    model = _make_model(settings, x.shape[1], classes)
    first = [array for layer in network.first_layers(x.shape[1], settings["hidden"], classes)
             for array in layer]

    def begin():
        model.set_weights(first)
        for variable in model.optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape))

    def run(epochs=settings["epochs"]):
        begin()
        seconds, _ = timed(
            lambda: model.fit(x, y, batch_size=settings["batch"], epochs=epochs, verbose=0))
        weights = model.get_weights()
        return network.answer(settings, seconds, list(zip(weights[::2], weights[1::2])))

    run(1)
    return run
