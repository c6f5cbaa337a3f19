package io.fieldgate.api.security;

import io.fieldgate.api.data.User;
import java.time.Duration;
import java.util.Objects;

/** What became of credentials. More kinds may follow. */
public sealed interface Authentication {

    /**
     * They are good.
     *
     * @param user whose they are
     */
    record Known(User user) implements Authentication {

        /** Refuses null. */
        public Known {
            Objects.requireNonNull(user, "user");
        }
    }

    /** They are wrong, expired, or taken back; a client is not told which. */
    record Unknown() implements Authentication {}

    /**
     * They were not looked at: there were too many wrong ones, or too many wait.
     *
     * @param after how long to wait before the next try, 1 s or more
     */
    record Later(Duration after) implements Authentication {

        /** Refuses null. */
        public Later {
            Objects.requireNonNull(after, "after");
        }
    }
}
