package io.fieldgate.security;

import java.time.Instant;

/**
 * A login of a browser, as it is kept.
 *
 * @param id what it is called; no secret
 * @param digest SHA-256 of the secret
 * @param user whose it is
 * @param stamp what the user was at that time
 * @param end when it ends at the latest
 */
record LoginEntry(String id, String digest, String user, String stamp, Instant end) {

    boolean fits(Account account, Instant now) {
        return now.isBefore(end) && user.equals(account.name()) && stamp.equals(account.stamp());
    }

    /** Not the digest: it does not belong into logs. */
    @Override
    public String toString() {
        return id + " of " + user;
    }
}
