"""PyTorch: networks, a loop over steps in Python, its fused Adam; the step as it is or compiled."""

import os

import numpy as np
import torch

from peers import network
from peers.timing import timed


def _make_model(features, hidden, classes):
    sizes = [features, *hidden, classes]
    modules = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        modules += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


def _linear_layers(model):
    return [module for module in model if isinstance(module, torch.nn.Linear)]


def _begin(model, first):
    with torch.no_grad():
        for layer, (kernel, bias) in zip(_linear_layers(model), first):
            layer.weight.copy_(torch.from_numpy(kernel.T.copy()))
            layer.bias.copy_(torch.from_numpy(bias))
    return torch.optim.Adam(model.parameters(), lr=network.LEARNING_RATE,
                            betas=(network.BETA1, network.BETA2), eps=network.EPSILON, fused=True)


def loop(settings):
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    features, labels, classes = network.load(settings)
    first = network.first_layers(features.shape[1], settings["hidden"], classes)
    x, y = torch.from_numpy(features), torch.from_numpy(labels.astype(np.int64))
    model = _make_model(features.shape[1], settings["hidden"], classes)

    def loss_of(x, y):
        return torch.nn.functional.cross_entropy(model(x), y)

    loss = torch.compile(loss_of) if settings["compile"] else loss_of

    def train(optimizer, epochs):
        random = np.random.default_rng(0)
        for _ in range(epochs):
            order = network.new_order(len(labels), settings["batch"], random)
            for rows in torch.from_numpy(order):
                optimizer.zero_grad(set_to_none=True)
                loss(x.index_select(0, rows), y.index_select(0, rows)).backward()
                optimizer.step()

    def run(epochs=settings["epochs"]):
        optimizer = _begin(model, first)
        seconds, _ = timed(lambda: train(optimizer, epochs))
        layers = [(layer.weight.detach().numpy().T, layer.bias.detach().numpy())
                  for layer in _linear_layers(model)]
        return network.answer(settings, seconds, layers)

    run(1)
    return run
