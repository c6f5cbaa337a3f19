package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An output: at its initial level when it is taken, at its safe level before it is given back. */
final class OutputChannel extends Channel {

    private static final Logger LOG = LoggerFactory.getLogger(OutputChannel.class);

    OutputChannel(LineSettings settings) {
        super(settings);
    }

    @Override
    Chips.Line take(Chips.Chip chip, int number) throws IOException {
        return chip.output(number, high(settings().initial() > 0));
    }

    @Override
    void ended(Chips.Line held) {
        try {
            held.set(high(settings().safe() > 0));
        } catch (IOException e) {
            LOG.error(
                    "{} could not be set to its safe level: {}",
                    settings().point().id(),
                    e.getMessage());
        }
    }

    /** For outputs the kernel's old interface, which diozero uses, is not asked to turn the level round. */
    private boolean high(boolean active) {
        return active != settings().activeLow();
    }

    @Override
    Value value(PointId point) throws IOException {
        return Value.of(high(line().get()));
    }

    @Override
    synchronized void write(Value value) throws IOException {
        line().set(high(value.equals(Value.of(true))));
    }
}
