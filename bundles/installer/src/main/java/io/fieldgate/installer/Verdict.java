package io.fieldgate.installer;

import java.util.List;

/**
 * What a look at new bundles has found.
 *
 * @param fatal why the versions before must come back now, one line each
 * @param pending what would be as bad if it were still so at the end of the probation, one line each
 */
record Verdict(List<String> fatal, List<String> pending) {

    Verdict {
        fatal = List.copyOf(fatal);
        pending = List.copyOf(pending);
    }
}
