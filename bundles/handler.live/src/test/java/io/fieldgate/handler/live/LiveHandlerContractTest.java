package io.fieldgate.handler.live;

import static org.awaitility.Awaitility.await;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.SocketHandlerContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;

/** With points that stand still but for {@link #stir}, so that the answers are always alike. */
class LiveHandlerContractTest extends SocketHandlerContract {

    private final FakePoints points = Fixtures.tank();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1);
    private final List<Fanout> fanouts = new ArrayList<>();

    @AfterEach
    void stop() {
        fanouts.forEach(Fanout::deactivate);
    }

    @Override
    protected SocketHandler handler() {
        Fanout fanout = new Fanout(points, worker, System::nanoTime);
        fanouts.add(fanout);
        return new LiveHandler(fanout, new Writes(points));
    }

    @Override
    protected List<Message> messages() {
        return List.of(
                Message.text("{\"op\":\"devices\",\"id\":1}"),
                Message.text("{\"op\":\"subscribe\",\"id\":2,\"filters\":[\"sim/**\"]}"),
                Message.text("{\"op\":\"fly\",\"id\":3}"));
    }

    @Override
    protected void stir() {
        points.update("sim/tank/level", Value.of(1.0));
    }

    @Override
    protected void settle() {
        await().pollDelay(Duration.ZERO).until(() -> worker.getQueue().isEmpty() && worker.getActiveCount() == 0);
    }
}
