package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of all groups as they were when last looked for, and the way from a point to its value. */
final class Machine {

    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    private final KernelFiles files;
    private final List<Group> groups;
    private List<DeviceInfo> devices = List.of();
    private Map<PointId, Source> sources = Map.of();

    Machine(LinuxSettings settings, KernelFiles files, SpaceProbe probe) {
        this.files = files;
        Periods periods = settings.periods();
        Map<String, Group> all = new LinkedHashMap<>();
        all.put("cpu", new CpuGroup(files, periods));
        all.put("memory", new MemoryGroup(files, periods));
        all.put("fs", new FileSystemGroup(files, periods, probe));
        all.put("disk", new DiskGroup(files, periods));
        all.put("net", new NetGroup(files, periods));
        all.put("temperature", new TemperatureGroup(files, periods));
        all.put("system", new SystemGroup(files, periods));
        all.keySet().retainAll(settings.groups());
        this.groups = List.copyOf(all.values());
    }

    /**
     * Looks what is there now.
     *
     * @return whether that is something else than before
     */
    boolean scan() {
        files.beginScan();
        List<DeviceInfo> before = devices;
        List<DeviceInfo> now = new ArrayList<>();
        Map<PointId, Source> all = new HashMap<>();
        for (Group group : groups) {
            for (LinuxDevice device : group.scan()) {
                now.add(device.info());
                all.putAll(device.sources());
            }
        }
        devices = List.copyOf(now);
        sources = all;
        return !devices.equals(before);
    }

    List<DeviceInfo> devices() {
        return devices;
    }

    /** The files that were looked for and not there. */
    Collection<String> absent() {
        return files.absent();
    }

    /** Reads every point and forgets what it says: a rate needs a reading to start from. */
    void prime() {
        sources.keySet().forEach(this::read);
    }

    /** Reads a point; what goes wrong is in the quality. */
    Reading read(PointId point) {
        Source source = sources.get(point);
        if (source == null) {
            return Reading.bad(point, Quality.Code.DISCONNECTED);
        }
        try {
            return Reading.good(point, source.read());
        } catch (IOException e) {
            LOG.debug("{} has no value: {}", point, e.toString());
            return Reading.bad(point, code(e));
        }
    }

    private static Quality.Code code(IOException e) {
        if (e instanceof UnreadableException unreadable) {
            return unreadable.code();
        }
        if (e instanceof NoSuchFileException) {
            return Quality.Code.DISCONNECTED;
        }
        return e instanceof AccessDeniedException ? Quality.Code.CONFIGURATION : Quality.Code.DEVICE_FAILURE;
    }
}
