package io.fieldgate.handler.live;

import io.fieldgate.api.gateway.PointException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a point could not be read or written, from what a stage completed with. */
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    static PointException of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof PointException failure) {
            return failure;
        }
        LOG.warn("a point could not be read or written, for a reason that is not the device's", cause);
        return new PointException(PointException.Reason.FAILED, "the gateway failed, its log says how");
    }
}
