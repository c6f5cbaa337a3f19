// Runs tests and says how they went; no framework. In a page: see index.html. By hand: node all.js

const tests = [];

/** Declares a test; its name is a sentence. */
export function test(name, body) {
  tests.push({ name, body });
}

/** Compares as JSON does, with Uint8Array and bigint told apart. */
export function equal(actual, expected, what = "") {
  const [is, should] = [shown(actual), shown(expected)];
  if (is !== should) {
    throw new Error(`${what} is ${is}, should be ${should}`);
  }
}

export function ok(condition, what) {
  if (!condition) {
    throw new Error(`it is not so that ${what}`);
  }
}

/** The error that a promise or a function ends with. */
export async function failure(of) {
  try {
    await (typeof of === "function" ? of() : of);
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

/** Runs all tests, one after the other: a line for each that failed, and how many there were. */
export async function run() {
  const failed = [];
  for (const { name, body } of tests) {
    try {
      await Promise.race([body(), new Promise((_, reject) => setTimeout(() => reject(new Error("it takes too long")), 20_000))]);
    } catch (error) {
      failed.push(`${name}: ${error.stack ?? error}`);
    }
  }
  return { count: tests.length, failed };
}

function shown(value) {
  return JSON.stringify(value, (key, part) => {
    if (typeof part === "bigint") {
      return `${part}n`;
    }
    if (part instanceof ArrayBuffer) {
      return `bytes ${new Uint8Array(part)}`;
    }
    return part instanceof Uint8Array ? `bytes ${part}` : part;
  });
}
