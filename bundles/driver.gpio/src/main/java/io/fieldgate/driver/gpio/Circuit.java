package io.fieldgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Connects the channels of a driver to lines of chips, and again when they were lost. Used by one thread at a time. */
final class Circuit {

    private final Chips chips;
    private final String chip;
    private final List<Channel> channels;
    private final Map<String, Chips.Chip> open = new HashMap<>();

    /**
     * Makes a circuit that is not connected.
     *
     * @param chip name or label of the chip; empty: lines are looked for on all of them, by name
     */
    Circuit(Chips chips, String chip, List<Channel> channels) {
        this.chips = chips;
        this.chip = chip;
        this.channels = List.copyOf(channels);
    }

    /**
     * Takes all lines that are not held.
     *
     * @return what is wrong, by channel; empty if all are held
     */
    Map<Channel, String> connect() {
        Map<Channel, String> troubles = new HashMap<>();
        List<Channel> missing =
                channels.stream().filter(channel -> !channel.isConnected()).toList();
        if (missing.isEmpty()) {
            return troubles;
        }
        if (missing.size() == channels.size()) {
            // None is held: whatever is open may be a chip that has gone.
            closeChips();
        }
        try {
            List<Chips.Name> candidates = candidates();
            for (Channel channel : missing) {
                try {
                    connect(channel, candidates);
                } catch (IOException e) {
                    troubles.put(channel, e.getMessage());
                }
            }
        } catch (IOException e) {
            missing.forEach(channel -> troubles.put(channel, e.getMessage()));
        }
        return troubles;
    }

    private List<Chips.Name> candidates() throws IOException {
        List<Chips.Name> there = chips.names();
        List<Chips.Name> meant =
                there.stream().filter(name -> name.isMeantBy(chip)).toList();
        if (there.isEmpty()) {
            throw new IOException("there is no GPIO chip: /dev has no gpiochip, so the kernel has no driver for one");
        }
        if (meant.isEmpty()) {
            StringJoiner known = new StringJoiner(", ");
            there.forEach(name -> known.add(name.toString()));
            throw new IOException("there is no GPIO chip \"" + chip + "\"; there are " + known);
        }
        return meant;
    }

    private void connect(Channel channel, List<Chips.Name> candidates) throws IOException {
        for (Chips.Name name : candidates) {
            Chips.Chip found = opened(name);
            for (Chips.LineInfo line : found.lines()) {
                if (channel.settings().means(line)) {
                    channel.connect(found, line.number());
                    return;
                }
            }
        }
        throw new IOException("there is no line " + channel.settings().address() + " on " + candidates);
    }

    private Chips.Chip opened(Chips.Name name) throws IOException {
        Chips.Chip known = open.get(name.name());
        if (known == null) {
            known = chips.open(name.name());
            open.put(name.name(), known);
        }
        return known;
    }

    /** Gives back what can no longer be read. */
    boolean dropLost() {
        boolean any = false;
        for (Channel channel : channels) {
            if (channel.isConnected()
                    && channel.read(channel.settings().point().id()).value().isEmpty()) {
                channel.disconnect();
                any = true;
            }
        }
        return any;
    }

    /** Gives all lines back. */
    void close() {
        List<Channel> reversed = new ArrayList<>(channels);
        reversed.forEach(Channel::disconnect);
        closeChips();
    }

    private void closeChips() {
        open.values().forEach(Chips.Chip::close);
        open.clear();
    }
}
