package io.fieldgate.handler.live;

import java.util.concurrent.CompletionStage;

/** The way to one client. */
@FunctionalInterface
interface Outlet {

    /**
     * Queues an update. Never waits.
     *
     * @param update what to send
     * @return a stage that completes when the update has left, or exceptionally if it never will
     */
    CompletionStage<?> send(Update update);
}
