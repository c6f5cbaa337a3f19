package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.gateway.Points;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The query of {@code GET /api/points}.
 *
 * @param selection which points, and how
 * @param since sequence number of the last sample that the client has; empty if it has none
 * @param epoch the run of the gateway that {@code since} belongs to; an empty text if the client does not know
 * @param waitSeconds how long the answer may wait for something new; 0 for not at all
 */
record PointQuery(Selection selection, OptionalLong since, String epoch, int waitSeconds) {

    /** The longest that an answer waits, in seconds. */
    static final int MAX_WAIT_SECONDS = 60;

    /** Reads the query; a {@code Last-Event-ID} (HTML Standard, 9.2) wins over its since and epoch. */
    static PointQuery of(HttpServletRequest request) throws HttpProblem {
        Selection selection = new Selection(filters(request), mode(parameter(request, "mode", "latest")));
        int wait = (int) number("wait", parameter(request, "wait", "0"), MAX_WAIT_SECONDS);
        String event = request.getHeader("Last-Event-ID");
        int colon = event == null ? -1 : event.lastIndexOf(':');
        if (colon >= 0) {
            long since = number("Last-Event-ID", event.substring(colon + 1), Long.MAX_VALUE);
            return new PointQuery(selection, OptionalLong.of(since), event.substring(0, colon), wait);
        }
        String since = parameter(request, "since", "");
        OptionalLong number =
                since.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number("since", since, Long.MAX_VALUE));
        return new PointQuery(selection, number, parameter(request, "epoch", ""), wait);
    }

    /** Where the client starts. */
    Position position(Fanout fanout) {
        return since.isPresent() ? fanout.position(selection, since.getAsLong(), epoch) : Position.START;
    }

    private static List<PointFilter> filters(HttpServletRequest request) throws HttpProblem {
        String[] texts = request.getParameterValues("filter");
        if (texts == null) {
            return List.of(PointFilter.ALL);
        }
        if (texts.length > Selection.MAX_FILTERS) {
            throw new HttpProblem(400, "there can be " + Selection.MAX_FILTERS + " filters at most");
        }
        List<PointFilter> filters = new ArrayList<>();
        for (String text : texts) {
            try {
                filters.add(PointFilter.of(text));
            } catch (IllegalArgumentException e) {
                throw new HttpProblem(400, "filter: " + e.getMessage());
            }
        }
        return filters;
    }

    private static Points.Mode mode(String text) throws HttpProblem {
        return switch (text) {
            case "latest" -> Points.Mode.LATEST;
            case "every" -> Points.Mode.EVERY;
            default -> throw new HttpProblem(400, "mode must be latest or every");
        };
    }

    private static String parameter(HttpServletRequest request, String name, String otherwise) {
        String text = request.getParameter(name);
        return text == null ? otherwise : text;
    }

    private static long number(String name, String text, long most) throws HttpProblem {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String limit = most == Long.MAX_VALUE ? "of 0 or more" : "from 0 to " + most;
        throw new HttpProblem(400, name + " must be a whole number " + limit);
    }
}
