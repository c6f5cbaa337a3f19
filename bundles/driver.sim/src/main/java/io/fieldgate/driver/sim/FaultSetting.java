package io.fieldgate.driver.sim;

/**
 * A fault with what belongs to it.
 *
 * @param fault what is wrong
 * @param delayMillis how long each call takes while it is {@link Fault#SLOW}, in milliseconds
 */
record FaultSetting(Fault fault, int delayMillis) {

    static final FaultSetting NONE = new FaultSetting(Fault.NONE, 1000);

    static final int LONGEST_DELAY_MILLIS = 60_000;

    FaultSetting {
        ConfigCheck.within("fault.delay.ms", delayMillis, 1, LONGEST_DELAY_MILLIS);
    }

    boolean is(Fault wanted) {
        return fault == wanted;
    }

    @Override
    public String toString() {
        return fault == Fault.SLOW ? fault.id() + ", " + delayMillis + " ms" : fault.id();
    }
}
