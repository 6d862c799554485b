/* A run as a command line, which a shell takes apart again, and as a C program, which compiles. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { trainCommand, trainProgram } from "../../web/command.js";

const NETWORK = {
    data: "circles:n=600,seed=0,classes=3,noise=0.05",
    label: null,
    heldOut: 0,
    hidden: [25, 15],
    activation: "leaky-relu",
    solver: "adam",
    learningRate: 0.01,
    batchSize: 32,
    l1: 0.001,
    l2: 1e-7,
    dropout: 0.25,
    seed: 3,
    steps: 50,
    output: "regions.safetensors",
};
const AWKWARD = {
    ...NETWORK,
    data: 'it\'s "my" $HOME\\`id` ü??/.csv',
    label: "the\tlabel; rm",
    heldOut: 0.2,
    hidden: [],
    solver: "newton-cg",
    learningRate: null,
    batchSize: null,
    l1: 0,
    dropout: 0,
    steps: null,
};

/* The words that a shell makes of a command. */
function wordsOf(command) {
    const run = spawnSync("sh", ["-c", `softmax() { printf '%s\\n' "$@"; }\n${command}`], {
        encoding: "utf8",
    });
    assert.equal(run.stderr, "");
    return run.stdout.trimEnd().split("\n");
}

test("a network's command", () => {
    assert.deepEqual(wordsOf(trainCommand(NETWORK)), [
        ..."train circles:n=600,seed=0,classes=3,noise=0.05 --hidden 25,15".split(" "),
        ..."--activation leaky-relu --dropout 0.25 --solver adam --learning-rate 0.01".split(" "),
        ..."--batch-size 32 --l1 0.001 --l2 1e-7 --seed 3 --steps 50 -o regions.safetensors".split(" "),
    ]);
    assert.ok(
        trainCommand(NETWORK)
            .split("\n")
            .every((line) => line.length <= 80),
    );
});

test("names that a shell would take for something else", () => {
    const words = wordsOf(trainCommand(AWKWARD));
    assert.deepEqual(words.slice(0, 4), ["train", AWKWARD.data, "--label", AWKWARD.label]);
    assert.deepEqual(words.slice(4, 7), ["--validation", "0.2", "--stratify"]);
    assert.ok(!words.includes("--hidden") && !words.includes("--steps"));
});

test("programs that compile", (context) => {
    const include = fileURLToPath(new URL("../../include", import.meta.url));
    for (const run of [NETWORK, AWKWARD]) {
        const compiled = spawnSync(
            "cc",
            [
                "-std=c17",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-fsyntax-only",
                "-I",
                include,
                "-x",
                "c",
                "-",
            ],
            { input: trainProgram(run), encoding: "utf8" },
        );
        if (compiled.error !== undefined) {
            context.skip("there is no C compiler");
            return;
        }
        assert.equal(compiled.stderr, "");
    }
});

test("a program says what the command says", () => {
    const program = trainProgram(NETWORK);
    for (const line of [
        'sm_dataset_open("circles:n=600,seed=0,classes=3,noise=0.05", &train)',
        "units[] = {25, 15};",
        "layer.activation = SM_LEAKY_RELU;",
        "layer.dropout = 0.25;",
        "sm_model_initialize(model, SM_INIT_GLOROT, 3)",
        "options.solver = SM_SOLVER_ADAM;",
        "options.learning_rate = 0.01;",
        "options.batch_size = 32;",
        "options.l1 = 0.001;",
        "options.l2 = 1e-7;",
        "options.seed = 3;",
        "options.max_steps = 50;",
    ]) {
        assert.ok(program.includes(line), line);
    }
});

test("a file's name is never taken for an option", () => {
    const command = trainCommand({ ...NETWORK, data: "-x.csv", label: "y", output: "-o" });
    assert.match(command, /^softmax train \.\/-x\.csv /);
    assert.match(command, /-o \.\/-o$/);
});
