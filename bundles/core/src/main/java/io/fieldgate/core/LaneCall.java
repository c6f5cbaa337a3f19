package io.fieldgate.core;

import io.fieldgate.api.gateway.PointException;

/** One call of a driver. */
interface LaneCall {

    /** What is done, for people: {@code read of 3 points}. */
    String what();

    /** Does it, on the lane's thread. Throws nothing, whatever the driver throws. */
    void run();

    /** The call has not returned within its time; it may return yet, also while this runs on the timer's thread. */
    default void overdue() {}

    /** The call is not begun, or if it has begun, nobody waits for it any more. */
    default void refused(PointException.Reason reason, String why) {}

    /** A call that the gateway makes for itself. */
    static LaneCall of(String what, Runnable work) {
        return new LaneCall() {
            @Override
            public String what() {
                return what;
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }
}
