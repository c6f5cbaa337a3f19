/**
 * Checks of the distribution on a machine of its own, whose hardware the kernel simulates. They run there as a program,
 * {@code MachineChecks}, not as tests: {@code .ci/hardware} boots the machine. {@code docs/emulated-machine.md} says how.
 */
package io.fieldgate.itest.machine;
