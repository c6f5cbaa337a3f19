package io.fieldgate.api.driver;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A piece of hardware that a {@link Discovery} has found. */
public final class Finding {

    private final String address;
    private final String description;
    private final String file;
    private final List<String> lines;

    private Finding(String address, String description, String file, List<String> lines) {
        this.address = Objects.requireNonNull(address, "address");
        this.description = Objects.requireNonNull(description, "description");
        this.file = file;
        this.lines = List.copyOf(lines);
    }

    /**
     * Hardware for which there is nothing to configure, or nothing that could be proposed.
     *
     * @param address where it is, such as {@code /dev/ttyUSB0} or {@code i2c-1 0x48}; each finding of one kind has another
     * @param description what it is, one line for people
     * @return the finding
     */
    public static Finding of(String address, String description) {
        return new Finding(address, description, null, List.of());
    }

    /**
     * The same hardware, with a configuration to start from.
     *
     * @param name the name of a file of {@code etc/}: {@code <factory pid>-<name>.cfg}
     * @param content its lines, as in the file; comments are welcome
     * @return the finding
     * @throws IllegalArgumentException if the name does not end with {@code .cfg} or has a folder
     */
    public Finding with(String name, List<String> content) {
        if (!name.matches("[A-Za-z0-9._-]+\\.cfg")) {
            throw new IllegalArgumentException("a configuration file is <factory pid>-<name>.cfg, got \"" + name + '"');
        }
        return new Finding(address, description, name, content);
    }

    /**
     * Where it is.
     *
     * @return a text that no other finding of this kind has
     */
    public String address() {
        return address;
    }

    /**
     * What it is.
     *
     * @return one line for people
     */
    public String description() {
        return description;
    }

    /**
     * The file that a starting configuration would be written to.
     *
     * @return a name in {@code etc/}, or empty if none is proposed
     */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    /**
     * The starting configuration.
     *
     * @return the lines of the file; empty if none is proposed
     */
    public List<String> lines() {
        return lines;
    }

    @Override
    public String toString() {
        return address + ": " + description;
    }
}
