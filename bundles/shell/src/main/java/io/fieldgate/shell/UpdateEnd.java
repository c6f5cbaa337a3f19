package io.fieldgate.shell;

import io.fieldgate.api.gateway.Update;

/** Shows how an update goes on, and how it has ended. */
final class UpdateEnd {

    private UpdateEnd() {}

    /**
     * Returns when the update is committed.
     *
     * @param command which waits, for the messages
     * @param screen where the states go, or the object at the end
     * @param watch of the update
     * @param json whether an object is wanted
     * @throws IllegalStateException if it has ended otherwise
     * @throws InterruptedException if the waiting was ended; the update goes on
     */
    static void await(String command, Screen screen, UpdateWatch watch, boolean json) throws InterruptedException {
        Update update;
        screen.live(true);
        try {
            update = watch.await((now, state) -> {
                if (!json) {
                    screen.out().println(UpdateText.state(now, state));
                }
            });
        } catch (InterruptedException e) {
            screen.out().println("update " + watch.id() + " goes on; fg:history tells how it ends");
            throw e;
        } finally {
            screen.live(false);
        }
        if (json) {
            screen.out().println(UpdateText.json(update));
        }
        Update.State state = update.state();
        if (state != Update.State.COMMITTED) {
            throw new IllegalStateException(command + ": update " + update.id() + " was " + UpdateText.state(state)
                    + (state == Update.State.REFUSED ? ", nothing was touched" : ", what ran before runs again"));
        }
    }
}
