package io.fieldgate.launcher;

/** Exit statuses of the command line; {@code status} uses them as the Linux Standard Base says for init scripts. */
final class ExitStatus {

    /** All went well; for {@code status}: a gateway runs. */
    static final int OK = 0;

    /** It was tried and failed. */
    static final int FAILED = 1;

    /** The command line itself was wrong. */
    static final int USAGE = 2;

    /** No gateway runs on this home. */
    static final int NOT_RUNNING = 3;

    /** {@code run} was stopped to be started again, with another distribution: a service manager sees that it has to. */
    static final int START_AGAIN = 4;

    private ExitStatus() {}
}
