package io.fieldgate.driver.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Shell commands {@code sim:fault} and {@code sim:faults}. A command and not a point, for a driver that hangs takes no writes.
 *
 * <p>The properties are written out and Gogo's package is imported only if it is there, so that the simulator also runs
 * without a shell.
 */
@Header(name = "Import-Package", value = "org.apache.felix.service.command;resolution:=optional,*")
@Component(
        service = FaultCommands.class,
        property = {"osgi.command.scope=sim", "osgi.command.function=fault", "osgi.command.function=faults"})
public final class FaultCommands {

    private static final String USAGE = "usage: sim:fault DRIVER KIND [DELAY-MS]; kinds are " + Fault.ids();

    private final Supplier<List<FaultyDriver>> drivers;

    /**
     * Made by the framework.
     *
     * @param context finds the drivers
     */
    @Activate
    public FaultCommands(BundleContext context) {
        this(() -> running(context));
    }

    FaultCommands(Supplier<List<FaultyDriver>> drivers) {
        this.drivers = drivers;
    }

    /**
     * Switches the fault of a simulated driver.
     *
     * @param arguments id of the driver, kind of fault, and for {@code slow} the milliseconds of each call
     * @return a line that confirms it
     * @throws IllegalArgumentException if an argument is wrong; the message says what is allowed
     */
    @Descriptor("switch what is wrong with a simulated driver, until it is switched again or the driver restarts")
    public String fault(
            @Descriptor(
                            "DRIVER KIND [DELAY-MS]: a driver's id; none, no-answer, slow, wrong-value, gone, throw or garbage;"
                                    + " how long each call takes when slow, 1 to 60000 ms, 1000 if not given")
                    String... arguments) {
        if (arguments.length < 2 || arguments.length > 3) {
            throw new IllegalArgumentException(USAGE);
        }
        FaultyDriver driver = driver(arguments[0]);
        Fault fault = Fault.of(arguments[1]);
        if (arguments.length == 3 && fault != Fault.SLOW) {
            throw new IllegalArgumentException("a delay is for slow, not for " + fault.id() + "; " + USAGE);
        }
        int delay = arguments.length == 3 ? millis(arguments[2]) : FaultSetting.NONE.delayMillis();
        driver.fault(new FaultSetting(fault, delay));
        return driver.id() + ": " + driver.fault();
    }

    /**
     * Lists the simulated drivers.
     *
     * @return a line each, with the fault that is on
     */
    @Descriptor("list the simulated drivers, each with what is wrong with it now")
    public String faults() {
        return sorted().stream()
                .map(driver -> driver.id() + ": " + driver.fault())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("\n"), text -> text.isEmpty() ? "there are no simulated drivers" : text));
    }

    private FaultyDriver driver(String id) {
        return sorted().stream()
                .filter(driver -> driver.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no simulated driver is called " + id + "; there are: "
                        + sorted().stream().map(FaultyDriver::id).collect(Collectors.joining(", "))));
    }

    private List<FaultyDriver> sorted() {
        return drivers.get().stream()
                .sorted(Comparator.comparing(FaultyDriver::id))
                .toList();
    }

    // Not kept: a driver that nobody but this holds would live on when the gateway has stopped it.
    private static List<FaultyDriver> running(BundleContext context) {
        List<FaultyDriver> found = new ArrayList<>();
        try {
            for (ServiceReference<SimulatedDriver> reference :
                    context.getServiceReferences(SimulatedDriver.class, null)) {
                SimulatedDriver driver = context.getService(reference);
                if (driver != null) {
                    found.add(driver.simulation());
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("there is no filter", e);
        }
        return found;
    }

    private static int millis(String text) {
        try {
            return new FaultSetting(Fault.SLOW, Integer.parseInt(text)).delayMillis();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the delay must be 1 to " + FaultSetting.LONGEST_DELAY_MILLIS + " ms, is " + text, e);
        }
    }
}
