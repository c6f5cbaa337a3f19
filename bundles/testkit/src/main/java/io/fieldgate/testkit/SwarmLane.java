package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One thread of a {@link Swarm} with its share of the connections. */
final class SwarmLane implements Runnable {

    /** What the clients send is spread evenly over turns of this length, so that it comes as no burst. */
    private static final int TURN_MILLIS = 5;

    private final Selector selector;
    private final List<SwarmClient> clients;
    private final int turnsPerRound;
    private final SwarmPace pace;
    private volatile boolean sending;
    private volatile boolean running = true;
    private volatile Throwable failure;

    SwarmLane(Upgrade upgrade, String name, int count, Conversation conversation, SwarmPace pace) throws IOException {
        this.pace = pace;
        selector = Selector.open();
        turnsPerRound = Math.max(1, pace.millis() / TURN_MILLIS);
        clients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clients.add(new SwarmClient(selector, upgrade, conversation.begin(name + i), pace.window()));
        }
    }

    @Override
    public void run() {
        try (selector) {
            long turn = 0;
            long next = System.nanoTime();
            while (running) {
                long wait = (next - System.nanoTime()) / 1_000_000;
                if (wait > 0) {
                    selector.select(wait);
                } else {
                    selector.selectNow();
                    next = System.nanoTime() + TURN_MILLIS * 1_000_000L;
                    takeTurn(turn++);
                }
                synchronized (clients) {
                    selector.selectedKeys().forEach(this::ready);
                    selector.selectedKeys().clear();
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    void send(boolean on) {
        sending = on;
    }

    /** Has all clients leave, and ends. */
    void leave() {
        synchronized (clients) {
            clients.forEach(SwarmClient::leave);
        }
        running = false;
        selector.wakeup();
    }

    /** Asks every client, while the lane holds still. */
    <T> List<T> ask(Function<SwarmClient, T> question) {
        Throwable cause = failure;
        if (cause != null) {
            throw new AssertionError("a client has noticed: " + cause.getMessage(), cause);
        }
        synchronized (clients) {
            return clients.stream().map(question).toList();
        }
    }

    private void ready(SelectionKey key) {
        SwarmClient client = (SwarmClient) key.attachment();
        client.ready();
        if (sending && pace == SwarmPace.FULL) {
            client.sendAll();
        }
    }

    private void takeTurn(long turn) {
        if (!sending) {
            return;
        }
        synchronized (clients) {
            for (int i = (int) (turn % turnsPerRound); i < clients.size(); i += turnsPerRound) {
                clients.get(i).send();
            }
        }
    }
}
