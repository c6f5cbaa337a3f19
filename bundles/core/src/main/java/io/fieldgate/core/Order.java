package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Write;

/**
 * A write as it was asked for.
 *
 * @param point what is to be written
 * @param value the value, as it was given
 * @param how for whom, and what becomes of it
 * @param writer the bundle that asks
 */
record Order(PointId point, Value value, Write how, Writer writer) {

    /** Who it is for, for people and the audit log. */
    String who() {
        return how.user().map(User::name).orElse(writer.bundle());
    }

    /** The address of whom it is for, without a port; empty for one who has none, on this machine. */
    String host() {
        String from = how.from();
        int bracket = from.indexOf(']');
        if (bracket > 0) {
            return from.substring(1, bracket);
        }
        int colon = from.indexOf(':');
        boolean port = colon >= 0 && colon == from.lastIndexOf(':');
        String host = port ? from.substring(0, colon) : from;
        return host.equals("unix") ? "" : host;
    }
}
