package io.fieldgate.shell;

import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Update;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Waits for the end of an update, which may be one of the installer itself: then its successor is asked about the same number.
 *
 * <p><b>Threading.</b> For one thread. The installer's thread only puts the states into a queue, so a client that is slow holds up
 * nobody.
 */
final class UpdateWatch {

    /** More than there are states, from one installer and its successors. */
    private static final int STEPS_MAX = 64;

    private static final Duration LOOK = Duration.ofMillis(250);

    /** For how many looks the installer may be away. */
    private static final int LOOKS_MAX = 120;

    private final Slot<Installer> installer;
    private final long id;
    private final Duration look;
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(STEPS_MAX);
    private final Set<Update.State> told = EnumSet.noneOf(Update.State.class);

    /** A state, and who has told it: of an update of the installer that is the installer before or its successor. */
    private record Step(Update update, Update.State state) {}

    /**
     * Names an update.
     *
     * @param installer who knows it
     * @param id its number
     */
    UpdateWatch(Slot<Installer> installer, long id) {
        this(installer, id, LOOK);
    }

    UpdateWatch(Slot<Installer> installer, long id, Duration look) {
        this.installer = installer;
        this.id = id;
        this.look = look;
    }

    /**
     * The update.
     *
     * @throws IllegalArgumentException if there is none of that number
     */
    static Update find(Installer service, long id) {
        return service.updates().stream()
                .filter(update -> update.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no update " + id + "; fg:history lists those that there are"));
    }

    /** The number of the update. */
    long id() {
        return id;
    }

    /**
     * Returns when the update has ended.
     *
     * @param listener is told of each state once, in order
     * @return the update, from whom its end is known
     * @throws IllegalStateException if the installer stays away for 30 s
     */
    Update await(BiConsumer<Update, Update.State> listener) throws InterruptedException {
        Installer asked = null;
        int away = 0;
        while (true) {
            Installer now = installer.get().orElse(null);
            away = now == null ? away + 1 : 0;
            if (away > LOOKS_MAX) {
                throw new IllegalStateException(installer.missing() + ", so the end of update " + id + " is not known");
            }
            if (now != null && now != asked) {
                Update update = find(now, id);
                update.onState(state -> steps.offer(new Step(update, state)));
                asked = now;
            }
            Step step = steps.poll(look.toMillis(), TimeUnit.MILLISECONDS);
            if (step == null && now != null) {
                // An installer that has come back may know the end by what its predecessor has written.
                Update update = find(now, id);
                step = update.state().isEnd() ? new Step(update, update.state()) : null;
            }
            if (step != null && told.add(step.state())) {
                listener.accept(step.update(), step.state());
                if (step.state().isEnd()) {
                    return step.update();
                }
            }
        }
    }
}
