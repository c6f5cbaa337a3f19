package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;

/**
 * One line as configured, whether it is held now or not.
 *
 * <p><b>Threading.</b> Read and written on the driver's lane, told of edges on their thread, connected on the driver's own: its
 * fields are guarded by itself.
 */
abstract class Channel {

    private final LineSettings settings;
    private Chips.Line line;

    Channel(LineSettings settings) {
        this.settings = settings;
    }

    LineSettings settings() {
        return settings;
    }

    final synchronized boolean isConnected() {
        return line != null;
    }

    /** Takes the line. */
    final synchronized void connect(Chips.Chip chip, int number) throws IOException {
        line = take(chip, number);
        begun();
    }

    /** Gives the line back, an output at its safe level if that can be had. */
    final void disconnect() {
        Chips.Line held;
        synchronized (this) {
            held = line;
            line = null;
        }
        if (held != null) {
            // Not within the lock: this waits for the thread of the edges, which may wait for the lock.
            ended(held);
            held.close();
        }
    }

    /** The line, for subclasses that hold the lock. */
    final Chips.Line line() throws IOException {
        if (line == null) {
            throw new IOException("the line is not held");
        }
        return line;
    }

    abstract Chips.Line take(Chips.Chip chip, int number) throws IOException;

    /** The line has been taken. */
    void begun() {}

    /** The line is about to be closed. */
    void ended(Chips.Line held) {}

    /** What a point of this line says; an input or output that cannot be read is bad. */
    final synchronized Reading read(PointId point) {
        try {
            return Reading.good(point, value(point));
        } catch (IOException e) {
            return Reading.bad(point, Quality.Code.DISCONNECTED);
        }
    }

    /** The value of one of this line's points. */
    abstract Value value(PointId point) throws IOException;

    /** Sets the line. */
    synchronized void write(Value value) throws DriverException, IOException {
        throw new DriverException(
                DriverException.Reason.READ_ONLY, settings.point().id() + " is an input and cannot be written");
    }
}
