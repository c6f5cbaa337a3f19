package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of all groups as they were when last looked for, and the way from a point to its value. */
final class Machine {

    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    private final KernelFiles files;
    private final List<Group> groups;
    private List<DeviceInfo> devices = List.of();
    private Map<PointId, Source> sources = Map.of();
    private Map<PointId, Sink> sinks = Map.of();
    private Set<String> readOnly = Set.of();

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
        all.put("hwmon", new MonitorGroup(files, periods));
        all.put("thermal", new ThermalGroup(files, periods));
        all.put("iio", new ConverterGroup(files, periods));
        all.put("w1", new OneWireGroup(files, periods, new SlowSources()));
        all.put("light", new LightGroup(files, periods));
        all.put("pwm", new PulseGroup(files, periods, settings.pulses()));
        all.put("power", new PowerGroup(files, periods));
        all.put("process", new ProcessGroup(files, periods, settings.programs()));
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
        Map<PointId, Sink> writable = new HashMap<>();
        for (Group group : groups) {
            for (LinuxDevice device : group.scan()) {
                now.add(device.info());
                all.putAll(device.sources());
                writable.putAll(device.sinks());
            }
        }
        devices = List.copyOf(now);
        sources = all;
        sinks = writable;
        sayWhatMayNotBeWritten();
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

    /**
     * Writes a point.
     *
     * @throws DriverException if there is none, it cannot be written, or the kernel does not take the value
     */
    void write(PointId point, Value value) throws DriverException {
        Sink sink = sinks.get(point);
        if (sink == null) {
            throw new DriverException(
                    sources.containsKey(point)
                            ? DriverException.Reason.READ_ONLY
                            : DriverException.Reason.NO_SUCH_POINT,
                    point + " cannot be written");
        }
        try {
            sink.write(value);
            // What was read in this batch before is old now.
            files.batch().next();
        } catch (IOException e) {
            throw new DriverException(
                    e instanceof NoSuchFileException
                            ? DriverException.Reason.CONNECTION
                            : DriverException.Reason.DEVICE,
                    point + ": the kernel does not take " + value + ": " + e.getMessage(),
                    e);
        }
    }

    private void sayWhatMayNotBeWritten() {
        if (!files.readOnly().equals(readOnly)) {
            readOnly = Set.copyOf(files.readOnly());
            LOG.info("may be read but not written, for want of a permission: {}", files.readOnly());
        }
    }

    /** Gives back what was taken. */
    void stop() {
        groups.forEach(Group::stop);
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
