package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;

/** What inputs and outputs have in common: the line that is held, and what active low means. */
abstract class OneLine implements Channel {

    private final LineSettings settings;
    private volatile Lines.Line line;
    private volatile String chip = "";

    OneLine(LineSettings settings) {
        this.settings = settings;
    }

    @Override
    public final LineSettings settings() {
        return settings;
    }

    @Override
    public final void open(Lines.Chip from, int number) throws DriverException {
        chip = from.name();
        line = request(from, number);
        opened();
    }

    /** Takes the line. */
    abstract Lines.Line request(Lines.Chip from, int number) throws DriverException;

    /** The line is held now. */
    void opened() throws DriverException {}

    @Override
    public final boolean held() {
        return line != null;
    }

    @Override
    public final String chip() {
        return chip;
    }

    @Override
    public final void check() throws DriverException {
        level();
    }

    /** What the level of the wire means. */
    final boolean meaning(boolean level) {
        return level != settings.activeLow;
    }

    final boolean level() throws DriverException {
        return meaning(line().level());
    }

    final void level(boolean level) throws DriverException {
        line().level(meaning(level));
    }

    private Lines.Line line() throws DriverException {
        Lines.Line held = line;
        if (held == null) {
            throw new DriverException(Reason.CONNECTION, "line " + settings.name + " is not held now");
        }
        return held;
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        throw new DriverException(Reason.READ_ONLY, point + " cannot be written");
    }

    @Override
    public void drop() {
        Lines.Line held = line;
        line = null;
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
