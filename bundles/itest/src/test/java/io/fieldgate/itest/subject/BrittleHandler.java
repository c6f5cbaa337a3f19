package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** An echo that cannot do without the simulated tank. */
@Component
@SocketPath("/brittle")
public final class BrittleHandler implements SocketHandler {

    private final Points points;

    @Activate
    public BrittleHandler(@Reference Points points) {
        this.points = points;
    }

    @Override
    public void received(SocketSession session, Message message) {
        boolean lost = points.latest(List.of(PointFilter.of("sim/**")), 0).stream()
                .anyMatch(sample -> sample.quality().level() == Quality.Level.BAD);
        if (lost) {
            throw new IllegalStateException("the tank has gone");
        }
        session.send(message);
    }
}
