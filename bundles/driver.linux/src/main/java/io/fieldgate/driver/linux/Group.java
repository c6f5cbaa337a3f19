package io.fieldgate.driver.linux;

import java.util.List;

/** One kind of devices, and where in /proc and /sys they are. Called from one thread at a time. */
interface Group {

    /** Most devices of a group, and most points of a device that has one per sensor; what comes after is left out. */
    int MOST = 64;

    /**
     * Looks what is there now. A point belongs to the list as soon as its file exists, whatever stands in it.
     *
     * @return the devices that have at least one point; maybe none
     */
    List<LinuxDevice> scan();

    /** Gives back what was taken; nothing else is called afterwards but {@link #scan}. */
    default void stop() {}
}
