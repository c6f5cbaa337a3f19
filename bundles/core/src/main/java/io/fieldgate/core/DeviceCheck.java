package io.fieldgate.core;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a driver to its own devices. Used on the driver's lane alone. */
final class DeviceCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceCheck.class);
    private static final int MOST_NAMED = 100;

    private final String driver;
    private final Set<DeviceId> named = new HashSet<>();

    DeviceCheck(String driver) {
        this.driver = driver;
    }

    /** The devices that the driver may show: those whose first segment is its id, none twice. Others are logged once. */
    List<DeviceInfo> admit(List<DeviceInfo> found) {
        List<DeviceInfo> admitted = new ArrayList<>(found.size());
        Set<DeviceId> seen = new HashSet<>();
        for (DeviceInfo device : found) {
            boolean own = device.id().driver().equals(driver);
            if (own && seen.add(device.id())) {
                admitted.add(device);
            } else if (named.size() < MOST_NAMED && named.add(device.id())) {
                LOG.warn("driver {} shows {} {}: refused", driver, device.id(), own ? "twice" : "as its own");
            }
        }
        return admitted;
    }
}
