/** Numbers for people: four digits, and a minus that is one. */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Four significant digits, and whole numbers up to 99,999 as they are; powers of ten where zeros would
 * have to be counted; ∞ and NaN as they are.
 * @param {number} value
 * @returns {string}
 */
export function fourDigits(value) {
    if (Number.isNaN(value)) {
        return "NaN";
    }
    if (!Number.isFinite(value)) {
        return value > 0 ? "∞" : "−∞";
    }
    const size = Math.abs(value);
    if (size === 0) {
        return "0";
    }
    if (size >= 1e-4 && size < 99_999.5) {
        return withMinus(size < 999.95 ? value.toPrecision(4) : value.toFixed(0));
    }
    const [digits, power] = value.toExponential(3).split("e");
    return `${withMinus(digits)}·10${raised(Number(power))}`;
}

/**
 * A share as a percentage with one digit behind the point; never 100 % short of all.
 * @param {number} share 0 … 1
 * @returns {string}
 */
export function percent(share) {
    const rounded = Math.round(share * 1000);
    return `${(rounded === 1000 && share < 1 ? 999 : rounded) / 10} %`;
}

/** @param {number} value @returns {string} all of it, its thousands apart */
export function grouped(value) {
    return withMinus(value.toLocaleString("en", { maximumFractionDigits: 20 }));
}

/** @param {number} power @returns {string} as an exponent */
function raised(power) {
    const digits = [...String(Math.abs(power))].map((digit) => RAISED[Number(digit)]).join("");
    return power < 0 ? `⁻${digits}` : digits;
}

/** @param {string} text @returns {string} */
function withMinus(text) {
    return text.replace("-", "−");
}
