/* The lab, as the program serves it. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/* Calls test(address) while `softmax lab` runs. */
export async function withLab(test) {
    const lab = spawn(process.env.SOFTMAX, ["lab", "--no-open", "--port", "0"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    try {
        await test(await addressOf(lab));
    } finally {
        lab.kill("SIGINT");
    }
}

/* The address that it prints. */
async function addressOf(lab) {
    for await (const line of createInterface({ input: lab.stdout })) {
        const found = /http:\/\/\S+/.exec(line);
        if (found) {
            return found[0];
        }
    }
    throw new Error("softmax lab has ended without an address");
}
