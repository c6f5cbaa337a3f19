package io.fieldgate.testkit;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Handlers that break the contract, each in one way, with the test that an author would run on it. */
final class BadHandlers {

    private BadHandlers() {}

    /** The contract, told what it cannot find out. */
    abstract static class Subject extends SocketHandlerContract {

        @Override
        protected Map<String, Object> properties() {
            return Map.of(SocketPath.NAME, "/bad", SocketNonBlocking.NAME, true);
        }
    }

    /** The same for one that fails because something does not come: it is not waited for long. */
    abstract static class Impatient extends Subject {

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(2);
        }
    }

    /** Says back what it hears; what follows differs from it in one way. */
    static class Plain implements SocketHandler {

        @Override
        public void received(SocketSession session, Message message) {
            session.send(message);
        }
    }

    static final class NoPath extends Subject {

        @Override
        protected Map<String, Object> properties() {
            return Map.of(SocketPath.NAME, "bad");
        }

        @Override
        protected SocketHandler handler() {
            return new Plain();
        }
    }

    static final class UnpublishedHandler extends Plain {}

    static final class Unpublished extends Subject {
        @Override
        protected SocketHandler handler() {
            return new UnpublishedHandler();
        }
    }

    static final class AdmitsNull extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public Admission admit(SocketRequest request) {
                    return null;
                }
            };
        }
    }

    static final class HangsInAdmit extends Impatient {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public Admission admit(SocketRequest request) {
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.MINUTES)
                                ? Admission.accept()
                                : Admission.refuse(503, "late");
                    } catch (InterruptedException e) {
                        return Admission.refuse(503, "interrupted");
                    }
                }
            };
        }
    }

    static final class ChoosesWhatIsNotOffered extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public Admission admit(SocketRequest request) {
                    return Admission.accept("mine.v7");
                }
            };
        }
    }

    /** Fails for the messages that a test chooses. */
    abstract static class FailsFor extends Subject {

        abstract boolean fails(Message message);

        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public void received(SocketSession session, Message message) {
                    if (fails(message)) {
                        throw new IllegalArgumentException("cannot read it");
                    }
                }
            };
        }
    }

    static final class FailsForEmptyTexts extends FailsFor {
        @Override
        boolean fails(Message message) {
            return message.isText() && message.size() == 0;
        }
    }

    static final class TakesAllForText extends FailsFor {
        @Override
        boolean fails(Message message) {
            return !message.isText();
        }
    }

    static final class FailsForGreatOnes extends FailsFor {
        @Override
        boolean fails(Message message) {
            return message.size() > 10_000;
        }
    }

    static final class FailsForGarbage extends FailsFor {
        @Override
        boolean fails(Message message) {
            return message.isText() && message.text().contains("null");
        }
    }

    /** Answers whoever came last. */
    static final class MixesSessions extends Impatient {
        @Override
        protected SocketHandler handler() {
            return new SocketHandler() {
                private volatile SocketSession current = FakeSession.of("/nobody");

                @Override
                public void opened(SocketSession session) {
                    current = session;
                }

                @Override
                public void received(SocketSession session, Message message) {
                    current.send(message);
                }

                @Override
                public void parked(SocketSession session) {
                    current = FakeSession.of("/nobody");
                }

                @Override
                public void closed(SocketSession session, CloseReason reason) {
                    parked(session);
                }
            };
        }
    }

    static final class FailsWhenNothingIsTaken extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public void received(SocketSession session, Message message) {
                    if (!session.send(message)) {
                        throw new IllegalStateException("not sent");
                    }
                }
            };
        }
    }

    static final class FailsInClosed extends Subject {
        @Override
        protected SocketHandler handler() {
            return new SocketHandler() {
                private final Set<String> known = ConcurrentHashMap.newKeySet();

                @Override
                public void received(SocketSession session, Message message) {
                    known.add(session.id());
                    session.send(message);
                }

                @Override
                public void closed(SocketSession session, CloseReason reason) {
                    if (!known.remove(session.id())) {
                        throw new IllegalStateException("who is it?");
                    }
                }
            };
        }
    }

    /** Keeps sessions for ever; sends to all of them if it talks. */
    static class Hoarder extends Plain {

        final List<SocketSession> all = new CopyOnWriteArrayList<>();

        @Override
        public void opened(SocketSession session) {
            all.add(session);
        }
    }

    static final class Hoards extends Impatient {
        @Override
        protected SocketHandler handler() {
            return new Hoarder();
        }
    }

    static final class TalksOn extends Impatient {
        private final List<Hoarder> made = new ArrayList<>();

        @Override
        protected SocketHandler handler() {
            Hoarder handler = new Hoarder();
            made.add(handler);
            return handler;
        }

        @Override
        protected void stir() {
            made.forEach(handler -> handler.all.forEach(session -> session.send(Message.text("news"))));
        }
    }

    static final class LeavesTooMuch extends Impatient {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public void parked(SocketSession session) {
                    session.setAttribute("all", "x".repeat(65_537));
                }
            };
        }
    }

    static final class DoesNotKnowWhomItResumes extends Impatient {
        @Override
        protected SocketHandler handler() {
            return new SocketHandler() {
                private final Set<String> known = ConcurrentHashMap.newKeySet();

                @Override
                public void opened(SocketSession session) {
                    known.add(session.id());
                }

                @Override
                public void resumed(SocketSession session) {
                    // This is what is wrong with it.
                }

                @Override
                public void received(SocketSession session, Message message) {
                    if (known.contains(session.id())) {
                        session.send(message);
                    }
                }
            };
        }
    }

    static final class ClosesWhatItResumes extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public void resumed(SocketSession session) {
                    session.close(CloseReason.normal());
                }
            };
        }
    }

    static final class WaitsAgainstItsPromise extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                @Override
                public void received(SocketSession session, Message message) {
                    LockSupport.parkNanos(1000);
                    session.send(message);
                }
            };
        }
    }

    /** Keeps the contract, but what a session is told depends on the others. */
    static final class Numbers extends Subject {
        @Override
        protected SocketHandler handler() {
            return new Plain() {
                private final Set<Integer> numbers = new HashSet<>();

                @Override
                public synchronized void received(SocketSession session, Message message) {
                    numbers.add(numbers.size());
                    session.send(Message.text("you are number " + numbers.size()));
                }
            };
        }

        @Override
        protected boolean answersAlike() {
            return false;
        }
    }
}
