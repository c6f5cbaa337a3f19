package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.driver.Finding;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Finds the I2C buses of this machine, and who answers on them. It asks as {@code i2cdetect} does: nothing but the address is
 * written, but at 0x30 to 0x37 and 0x50 to 0x5f, where memories are that this could damage, one octet is read. Reserved
 * addresses, and those that a driver of the kernel holds, are left alone.
 */
@Component
public final class I2cDiscovery implements Discovery {

    private static final int FIRST = 0x08;
    private static final int LAST = 0x77;

    /** A bus that is searched, and what the kernel says of its addresses. */
    interface Searched extends Bus {

        /** Whether a driver of the kernel holds an address, and which. */
        Optional<String> holder(int address);

        /** Whether {@link #quick} is possible. */
        boolean canQuick(int address) throws BusException;
    }

    /** Opens a bus. */
    @FunctionalInterface
    interface Opener {
        Searched open(BusPlace place) throws BusException;
    }

    private final Path sys;
    private final Path dev;
    private final Opener opener;

    /** Looks in {@code /sys} and {@code /dev}. */
    @Activate
    public I2cDiscovery() {
        this(Path.of("/sys"), Path.of("/dev"), place -> LinuxBus.open(place, Path.of("/sys")));
    }

    I2cDiscovery(Path sys, Path dev, Opener opener) {
        this.sys = sys;
        this.dev = dev;
        this.opener = opener;
    }

    @Override
    public String kind() {
        return "i2c";
    }

    @Override
    public List<Finding> find() throws DriverException {
        List<BusPlace> buses;
        try {
            buses = BusPlace.all(sys, dev);
        } catch (IOException e) {
            throw new DriverException(Reason.CONNECTION, "the I2C buses cannot be listed: " + e, e);
        }
        List<Finding> found = new ArrayList<>();
        for (BusPlace place : buses) {
            try (Searched bus = opener.open(place)) {
                search(place, bus, found);
            } catch (BusException e) {
                found.add(Finding.of(place.name(), place.label() + "; not searched: " + e.getMessage()));
            }
        }
        return found;
    }

    private static void search(BusPlace place, Searched bus, List<Finding> found) throws BusException {
        int at = found.size();
        List<String> use = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        for (int address = FIRST; address <= LAST; address++) {
            String where = String.format(Locale.ROOT, "%s 0x%02x", place.name(), address);
            if (bus.holder(address).isPresent()) {
                found.add(Finding.of(
                        where,
                        "held by the kernel's driver " + bus.holder(address).get()));
            } else if (answers(bus, address)) {
                PartGuess.Guess guess = PartGuess.of(new Target(bus, address));
                found.add(Finding.of(where, guess.description()));
                guess.lines().stream().limit(1).forEach(use::add);
                guess.lines().stream().skip(1).forEach(line -> comments.add("# or: " + line));
            }
        }
        found.add(at, bus(place, found.size() - at, use, comments));
    }

    private static boolean answers(Searched bus, int address) throws BusException {
        boolean memories = (address >= 0x30 && address <= 0x37) || (address >= 0x50 && address <= 0x5f);
        try {
            if (memories || !bus.canQuick(address)) {
                bus.read(address);
            } else {
                bus.quick(address);
            }
            return true;
        } catch (BusException e) {
            if (e.kind() == Kind.TIMEOUT || e.kind() == Kind.NO_BUS) {
                throw e;
            }
            return false;
        }
    }

    private static Finding bus(BusPlace place, int parts, List<String> use, List<String> comments) {
        Finding bus = Finding.of(place.name(), place.label() + ", " + parts + " addresses answer or are held");
        if (use.isEmpty()) {
            return bus;
        }
        List<String> lines = new ArrayList<>();
        lines.add("# " + place.name() + ": " + place.label());
        lines.addAll(comments);
        lines.add("fieldgate.driver.id=" + place.name());
        lines.add("bus=" + place.number());
        for (int i = 0; i < use.size(); i++) {
            lines.add((i == 0 ? "parts=" : "  ") + use.get(i) + (i < use.size() - 1 ? ",\\" : ""));
        }
        return bus.with("io.fieldgate.driver.i2c-" + place.number() + ".cfg", lines);
    }
}
