package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Clients of an echo that say nothing until the end, and answer when they are asked whether they are there. */
public final class HoldTraffic implements Receiver {

    private static final byte[] TEXT = {'s', 't', 'i', 'l', 'l', ' ', 'h', 'e', 'r', 'e'};

    private List<Client> clients = List.of();
    private long pings;
    private int lost;
    private int answered;
    private boolean asked;

    private HoldTraffic() {}

    /**
     * Connects the clients.
     *
     * @param load what they belong to
     * @param path path of an echo
     * @param clients how many
     * @return the traffic, under way
     * @throws IOException if a client is not let in
     */
    public static HoldTraffic start(Load load, String path, int clients) throws IOException {
        HoldTraffic traffic = new HoldTraffic();
        traffic.clients = load.connect(clients, path, "", traffic);
        return traffic;
    }

    @Override
    public void pinged(Client client) {
        pings++;
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        if (!asked || !payload.equals(ByteBuffer.wrap(TEXT))) {
            throw new LoadException("a quiet client was sent a message of " + payload.remaining() + " bytes");
        }
        answered++;
    }

    @Override
    public void closed(Client client, String reason) {
        lost++;
    }

    /**
     * How many pings were answered.
     *
     * @return a number that only grows
     */
    public long pings() {
        return pings;
    }

    /**
     * How many connections the server has closed.
     *
     * @return a number that only grows
     */
    public int lost() {
        return lost;
    }

    /**
     * Has each client that is there send a text, whose echo shows that its connection is whole.
     *
     * @throws IOException if a connection is broken
     */
    public void ask() throws IOException {
        asked = true;
        for (Client client : clients) {
            if (client.isOpen()) {
                client.send(client.message(TEXT));
            }
        }
    }

    /**
     * Tells whether all that are there have had their echo.
     *
     * @return true if nothing is under way any more
     */
    public boolean isDone() {
        return answered + lost >= clients.size();
    }
}
