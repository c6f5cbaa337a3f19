package io.fieldgate.driver.linux;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds the converters of Industrial I/O, and proposes to sample those that have a buffer; the others are points by themselves. */
@Component
public final class ConverterDiscovery implements Discovery {

    private final KernelFiles files;

    /** Looks on this machine. */
    @Activate
    public ConverterDiscovery() {
        this(Path.of("/"));
    }

    ConverterDiscovery(Path root) {
        files = new KernelFiles(root, new Batch(System::nanoTime));
    }

    @Override
    public String kind() {
        return "iio";
    }

    @Override
    public synchronized List<Finding> find() {
        files.batch().next();
        List<Finding> found = new ArrayList<>();
        for (String converter : files.names(ConverterGroup.FOLDER, "iio:device")) {
            String folder = ConverterGroup.FOLDER + '/' + converter;
            String name = files.textOf(folder + "/name");
            List<String> channels = files.names(folder + "/scan_elements", "in_").stream()
                    .filter(file -> file.endsWith("_en") && !file.equals("in_timestamp_en"))
                    .map(file -> file.substring("in_".length(), file.length() - "_en".length()))
                    .toList();
            Finding finding = Finding.of(
                    converter,
                    name
                            + (channels.isEmpty()
                                    ? ", read one by one"
                                    : ", can be sampled: " + String.join(", ", channels)));
            found.add(channels.isEmpty() ? finding : finding.with(file(converter), content(converter, name, channels)));
        }
        return found;
    }

    private static String file(String converter) {
        return "io.fieldgate.driver.linux.sampling-" + converter.substring("iio:".length()) + ".cfg";
    }

    private static List<String> content(String converter, String name, List<String> channels) {
        String called = name.isEmpty() ? converter : name;
        return List.of(
                "# Every scan of " + called
                        + " is pushed. Keep the channels that you need; its single readings are linux/iio-… without this.",
                "fieldgate.driver.id=" + new Names("").of(called),
                "converter=" + called,
                "channels=" + String.join(",", channels.subList(0, Math.min(Group.MOST, channels.size()))),
                "# A trigger that is made for this; leave both out if the converter samples by itself.",
                "trigger=" + SamplingSettings.TIMER,
                "rate.hz=10");
    }
}
