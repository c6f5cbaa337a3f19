package io.fieldgate.driver.modbus;

/**
 * A connection to one or several units.
 *
 * <p><b>Threading.</b> One exchange at a time; {@link #close} may come from another thread and ends an exchange that runs.
 */
interface ModbusLink extends AutoCloseable {

    /**
     * Sends a request and waits for its answer. Answers of other units, to other requests or with errors are dropped.
     *
     * @param unit 0 to 255
     * @param request function code and data
     * @param timeoutMillis for the whole exchange
     * @return function code and data of the answer, an exception too
     * @throws Fault if there is no answer
     */
    byte[] exchange(int unit, byte[] request, int timeoutMillis) throws Fault;

    @Override
    void close();

    /** Makes a connection. */
    @FunctionalInterface
    interface Opener {

        /**
         * Connects.
         *
         * @return the connection
         * @throws Fault if the other side cannot be reached; the message says what to do
         */
        ModbusLink open() throws Fault;
    }
}
