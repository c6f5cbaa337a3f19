package io.fieldgate.transport.http;

import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What is known of who makes a request. */
sealed interface Identity {

    /**
     * The credentials are good.
     *
     * @param user whose they are
     * @param byCookie whether the browser sends them by itself, so that they say nothing of the page that asks
     */
    record Known(User user, boolean byCookie) implements Identity {}

    /**
     * There are no credentials.
     *
     * @param stale whether there is the cookie of a login that has ended, which is to be cleared
     */
    record Nobody(boolean stale) implements Identity {}

    /** The credentials are bad. */
    record Wrong() implements Identity {}

    /**
     * The credentials were not looked at.
     *
     * @param after how long to wait
     */
    record Later(Duration after) implements Identity {}

    /**
     * The credentials are being looked at.
     *
     * @param outcome completes soon
     */
    record Soon(CompletionStage<Authentication> outcome) implements Identity {}

    /** There is nobody to ask at the moment. */
    record Away() implements Identity {}
}
