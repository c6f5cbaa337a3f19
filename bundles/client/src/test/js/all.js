// All tests: in a browser by index.html, by hand with: node all.js

import "./socket.test.js";
import "./http.test.js";
import "./live.test.js";
import "./identity.test.js";
import { run } from "./harness.js";

export const report = await run();

if (globalThis.process) {
  console.log(`${report.count} tests, ${report.failed.length} failed`);
  report.failed.forEach((line) => console.error(line));
  process.exit(report.failed.length === 0 ? 0 : 1);
}
