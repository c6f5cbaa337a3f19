package io.fieldgate.handler.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The live protocol's operations over HTTP, below {@code /api}: {@code docs/protocol.md} has them.
 *
 * <p>No request holds a thread while it waits. When this component goes, event streams end and long polls are answered with
 * nothing new; their clients come back by themselves.
 */
@Component(service = Servlet.class, configurationPid = "io.fieldgate.handler.live")
@Designate(ocd = ApiServlet.Config.class)
@HttpWhiteboardServletPattern("/api/*")
@HttpWhiteboardServletAsyncSupported
public final class ApiServlet implements Servlet {

    /** What an admin can set. */
    @ObjectClassDefinition(name = "Fieldgate live points over HTTP")
    public @interface Config {

        /**
         * How many requests are held open.
         *
         * @return a number, 1 to 10,000
         */
        @AttributeDefinition(
                description = "Event streams and long polls that are open at a time",
                min = "1",
                max = "10000")
        int streams_max() default 256;

        /**
         * How often a stream without news gets a sign of life.
         *
         * @return seconds, 1 to 300
         */
        @AttributeDefinition(description = "Time between signs of life, in seconds", min = "1", max = "300")
        int keepalive_s() default 15;
    }

    static final String READ_METHODS = "GET, HEAD";

    private static final String EVENTS = "text/event-stream";

    private final Fanout fanout;
    private final PointResource point;
    private final Streams streams;
    private final ScheduledFuture<?> keepAlive;
    private ServletConfig servletConfig;

    @Activate
    public ApiServlet(@Reference Fanout fanout, @Reference Writes writes, Config config) {
        this(fanout, writes, config.streams_max(), config.keepalive_s());
    }

    ApiServlet(Fanout fanout, Writes writes, int maxStreams, int keepAliveSeconds) {
        this.fanout = fanout;
        this.point = new PointResource(fanout.points(), writes);
        this.streams = new Streams(checked("streams.max", maxStreams, 10_000));
        int period = checked("keepalive.s", keepAliveSeconds, 300);
        this.keepAlive = fanout.worker().scheduleWithFixedDelay(streams::keepAlive, period, period, TimeUnit.SECONDS);
    }

    private static int checked(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " must be 1 to " + most + ", is " + value);
        }
        return value;
    }

    @Deactivate
    void deactivate() {
        keepAlive.cancel(false);
        streams.close();
    }

    @Override
    public void service(ServletRequest plainRequest, ServletResponse response) throws IOException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        try {
            route(request);
        } catch (HttpProblem problem) {
            problem.answer().send(begin(request));
        }
    }

    private void route(HttpServletRequest request) throws IOException, HttpProblem {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (path.equals("/devices")) {
            requireRead(request);
            requireJson(request);
            HttpAnswer.json(json -> LiveJson.writeDevices(json, fanout.points().devices()))
                    .send(begin(request));
        } else if (path.equals("/points")) {
            requireRead(request);
            points(request);
        } else if (path.startsWith("/points/")) {
            point.service(request, path.substring("/points/".length()));
        } else {
            throw new HttpProblem(404, "there are /api/devices, /api/points and /api/points/{id}");
        }
    }

    /** Starts to answer a request that cannot take long. */
    static AsyncContext begin(HttpServletRequest request) {
        return request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
    }

    static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static void requireRead(HttpServletRequest request) throws HttpProblem {
        if (!isRead(request)) {
            throw HttpProblem.method(READ_METHODS);
        }
    }

    static void requireJson(HttpServletRequest request) throws HttpProblem {
        if (!Accept.of(request).takes("application/json")) {
            throw new HttpProblem(406, "this resource is application/json");
        }
    }

    private void points(HttpServletRequest request) throws IOException, HttpProblem {
        PointQuery query = query(request);
        boolean head = request.getMethod().equals("HEAD");
        if (Accept.of(request).names(EVENTS)) {
            if (head) {
                describeStream(request);
            } else {
                stream(request, query);
            }
            return;
        }
        if (!Accept.of(request).takes("application/json")) {
            throw new HttpProblem(406, "this resource is application/json or " + EVENTS);
        }
        Position position = query.position(fanout);
        PointList list =
                new PointList(fanout.points().epoch(), position, query.since().isPresent() && position.snapshot());
        Update now = list.now(fanout.points(), query.selection());
        if (!head && query.waitSeconds() > 0 && now.samples().isEmpty()) {
            poll(request, query, position, list);
        } else {
            list.answer(now).send(begin(request));
        }
    }

    private static PointQuery query(HttpServletRequest request) throws HttpProblem {
        try {
            request.getParameterMap();
        } catch (RuntimeException e) {
            // What a container throws for a query that it cannot decode is its own affair (Servlet 6.0, 3.1).
            throw new HttpProblem(400, "the query cannot be decoded");
        }
        return PointQuery.of(request);
    }

    private void stream(HttpServletRequest request, PointQuery query) throws IOException, HttpProblem {
        Membership membership = new Membership(streams, fanout);
        Position position = query.position(fanout);
        AsyncContext context = begin(request);
        context.setTimeout(0);
        EventStream stream = new EventStream(context, fanout.points().epoch(), membership::end);
        membership.enter(stream);
        stream.start();
        membership.join(query.selection(), position, stream);
    }

    /** What GET would say of the stream, and no stream (RFC 9110, 9.3.2). */
    private static void describeStream(HttpServletRequest request) throws IOException {
        AsyncContext context = begin(request);
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        EventStream.describe(response);
        response.flushBuffer(); // or the container would say that its length is 0
        context.complete();
    }

    private void poll(HttpServletRequest request, PointQuery query, Position position, PointList list)
            throws HttpProblem {
        Membership membership = new Membership(streams, fanout);
        AsyncContext context = begin(request);
        context.setTimeout(0);
        LongPoll poll = new LongPoll(context, fanout.worker(), list::answer, membership::end);
        membership.enter(poll);
        membership.join(query.selection(), position, poll);
        membership.limit(query.waitSeconds(), poll::expire);
    }

    @Override
    public void init(ServletConfig config) {
        servletConfig = config;
    }

    @Override
    public ServletConfig getServletConfig() {
        return servletConfig;
    }

    @Override
    public String getServletInfo() {
        return "Fieldgate live points over HTTP";
    }

    @Override
    public void destroy() {
        // The component ends what is open, see deactivate.
    }
}
