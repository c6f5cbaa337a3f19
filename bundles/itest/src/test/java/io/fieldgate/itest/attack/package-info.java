/** Attacks on a gateway, as a table: what is sent, and what is right to come of it. {@code docs/robustness.md} has the outcome. */
package io.fieldgate.itest.attack;
