package io.fieldgate.launcher;

/** What is told of how far the transfer of a file is. For one thread. */
interface Progress {

    /** Nobody looks. */
    Progress NONE = new Progress() {

        @Override
        public void begin(String name) {}

        @Override
        public void at(long done, long total) {}

        @Override
        public void end() {}
    };

    /** A transfer begins. */
    void begin(String name);

    /**
     * So much of it is there. To be called often; it may go down when a transfer starts over.
     *
     * @param done bytes
     * @param total bytes; -1 if nobody knows
     */
    void at(long done, long total);

    /** The transfer has ended, well or not. */
    void end();
}
