/** The settings of a run, as what has the library do the same elsewhere: a line for a shell, and a C
 * program. */

/**
 * @typedef {object} Run
 * @property {string} data what the program calls the data: "circles:n=600,seed=0", "points.csv"
 * @property {string | null} label the label's column, where the data is a table
 * @property {number} heldOut share of the table's rows, which is for testing; 0: none
 * @property {number[]} hidden units of the hidden layers
 * @property {string} activation of hidden layers
 * @property {string} solver
 * @property {number | null} learningRate null: the solver has none, or its default is meant
 * @property {number | null} batchSize likewise
 * @property {number} l1
 * @property {number} l2
 * @property {number} dropout of hidden layers
 * @property {number} seed of first weights and the order of rows
 * @property {number | null} steps done; null: as many as is usual
 * @property {string} output the model's file
 */

/** @param {Run} run @returns {string} */
export function trainCommand(run) {
    const words = [`softmax train ${shellWord(argument(run.data))}`];
    const add = (/** @type {string} */ name, /** @type {string | number} */ value) =>
        words.push(`--${name} ${shellWord(String(value))}`);
    if (run.label !== null) {
        add("label", run.label);
    }
    if (run.heldOut > 0) {
        add("validation", run.heldOut);
        words.push("--stratify");
    }
    if (run.hidden.length > 0) {
        add("hidden", run.hidden.join(","));
        add("activation", run.activation);
        if (run.dropout > 0) {
            add("dropout", run.dropout);
        }
    }
    add("solver", run.solver);
    if (run.learningRate !== null) {
        add("learning-rate", run.learningRate);
    }
    if (run.batchSize !== null) {
        add("batch-size", run.batchSize);
    }
    if (run.l1 > 0) {
        add("l1", run.l1);
    }
    add("l2", run.l2);
    add("seed", run.seed);
    if (run.steps !== null) {
        add("steps", run.steps);
    }
    words.push(`-o ${shellWord(argument(run.output))}`);
    return foldLines(words);
}

/** @param {Run} run @returns {string} */
export function trainProgram(run) {
    return [
        "#include <softmax.h>",
        "#include <stdio.h>",
        "#include <stdlib.h>",
        "",
        "static void check(sm_status status)",
        "{",
        "    if (status != SM_OK) {",
        '        fprintf(stderr, "%s\\n", sm_error_message());',
        "        exit(1);",
        "    }",
        "}",
        "",
        "int main(void)",
        "{",
        `    sm_dataset ${run.heldOut > 0 ? "*all = NULL, " : ""}*train = NULL, *test = NULL;`,
        "    sm_model *model = NULL;",
        "    sm_metrics metrics;",
        "",
        ...indented(openLines(run)),
        "",
        "    check(sm_model_create(sm_dataset_shape(train), &model));",
        ...indented(layerLines(run)),
        "",
        ...indented(optionLines(run)),
        "",
        ...indented(endLines(run)),
        "}",
        "",
    ].join("\n");
}

/** @param {Run} run @returns {string[]} */
function openLines({ data, label, heldOut, seed }) {
    const name = cString(data);
    if (label === null) {
        return [
            `check(sm_dataset_open(${name}, &train));`,
            `check(sm_dataset_open_test(${name}, &test)); /* NULL where there is none */`,
        ];
    }
    const lines = [
        "sm_open_options open = sm_open_options_default();",
        `open.label = ${cString(label)};`,
        `check(sm_dataset_open_with(${name}, &open, &${heldOut > 0 ? "all" : "train"}));`,
    ];
    if (heldOut > 0) {
        lines.push(
            "sm_split_options split = sm_split_options_default(0);",
            `split.held_out_share = ${heldOut};`,
            "split.stratify = true;",
            `split.seed = ${seed};`,
            "check(sm_dataset_split(all, &split, &train, &test));",
        );
    }
    return lines;
}

/** @param {Run} run @returns {string[]} */
function layerLines({ hidden, activation, dropout, seed }) {
    if (hidden.length === 0) {
        return [];
    }
    return [
        `const size_t units[] = {${hidden.join(", ")}};`,
        "for (size_t i = 0; i < sizeof units / sizeof *units; i++) {",
        "    sm_layer layer = sm_layer_default(units[i]);",
        `    layer.activation = SM_${constant(activation)};`,
        ...(dropout > 0 ? [`    layer.dropout = ${dropout};`] : []),
        "    check(sm_model_add_layer(model, &layer));",
        "}",
        `check(sm_model_initialize(model, SM_INIT_GLOROT, ${seed}));`,
    ];
}

/** @param {Run} run @returns {string[]} */
function optionLines({ solver, learningRate, batchSize, l1, l2, seed, steps }) {
    const lines = [
        "sm_train_options options = sm_train_options_default();",
        `options.solver = SM_SOLVER_${constant(solver)};`,
    ];
    if (learningRate !== null) {
        lines.push(`options.learning_rate = ${learningRate};`);
    }
    if (batchSize !== null) {
        lines.push(`options.batch_size = ${batchSize};`);
    }
    if (l1 > 0) {
        lines.push(`options.l1 = ${l1};`);
    }
    lines.push(`options.l2 = ${l2};`, `options.seed = ${seed};`);
    if (steps !== null) {
        lines.push(`options.max_steps = ${steps};`);
    }
    return lines;
}

/** @param {Run} run @returns {string[]} */
function endLines({ output, heldOut }) {
    return [
        "check(sm_train(model, train, test, &options, NULL));",
        "check(sm_evaluate(model, train, &metrics));",
        'printf("train: loss %.4f, accuracy %.4f\\n", metrics.loss, metrics.accuracy);',
        "if (test != NULL) {",
        "    check(sm_evaluate(model, test, &metrics));",
        '    printf("test: loss %.4f, accuracy %.4f\\n", metrics.loss, metrics.accuracy);',
        "}",
        `check(sm_model_save(model, ${cString(output)}));`,
        "",
        "sm_model_free(model), sm_dataset_free(test), sm_dataset_free(train);",
        ...(heldOut > 0 ? ["sm_dataset_free(all);"] : []),
        "return 0;",
    ];
}

/** @param {string[]} lines @returns {string[]} */
function indented(lines) {
    return lines.map((line) => (line === "" ? "" : `    ${line}`));
}

/** @param {string} word @returns {string} as in the header's constants */
function constant(word) {
    return word.toUpperCase().replaceAll("-", "_");
}

/** A file's name that no program takes for an option. @param {string} name */
function argument(name) {
    return name.startsWith("-") ? `./${name}` : name;
}

/** One word for a POSIX shell, whatever is in it. @param {string} text */
function shellWord(text) {
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A literal of C, whatever is in it. @param {string} text */
function cString(text) {
    const escaped = Array.from(new TextEncoder().encode(text), (byte) => {
        const letter = String.fromCharCode(byte);
        /* Three octal digits end by themselves, which hexadecimal ones do not. */
        return byte < 32 || byte > 126 || '"\\?'.includes(letter)
            ? `\\${byte.toString(8).padStart(3, "0")}`
            : letter;
    });
    return `"${escaped.join("")}"`;
}

/** @param {string[]} words joined by blanks, in lines of at most 76 letters where that can be */
function foldLines(words) {
    const lines = [""];
    for (const word of words) {
        const last = lines[lines.length - 1];
        if (last !== "" && last.length + word.length > 75) {
            lines[lines.length - 1] = `${last} \\`;
            lines.push(`    ${word}`);
        } else {
            lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
        }
    }
    return lines.join("\n");
}
