package io.fieldgate.security;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.TlsIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the gateway's certificate: that of the files of the configuration, or one that it makes itself when somebody wants it.
 *
 * <p>A thread looks every 5 s whether files have changed or the gateway's own certificate must be renewed. When the component goes,
 * connections that are open go on.
 */
@Component(
        service = {},
        configurationPid = TlsCertificates.PID)
@Designate(ocd = TlsCertificates.Config.class)
public final class TlsCertificates {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate TLS certificate")
    public @interface Config {

        /**
         * The certificate.
         *
         * @return a PEM file with the chain, the gateway's own first; from the folder etc/ of the home
         */
        @AttributeDefinition(description = "PEM file with the chain of certificates, the gateway's own first")
        String certificate() default "";

        /**
         * The private key of the certificate.
         *
         * @return a PEM file without a password; from the folder etc/ of the home
         */
        @AttributeDefinition(description = "PEM file with the private key, without a password")
        String key() default "";

        /**
         * Certificate and key together.
         *
         * @return a PKCS#12 file with one key; from the folder etc/ of the home
         */
        @AttributeDefinition(description = "PKCS#12 file with one key, instead of certificate and key")
        String store() default "";

        /**
         * What opens the store.
         *
         * @return a file whose first line is the password; from the folder etc/ of the home
         */
        @AttributeDefinition(description = "File whose first line is the password of the store")
        String store_password_file() default "";

        /**
         * Whether clients are asked for a certificate.
         *
         * @return none, wanted or needed
         */
        @AttributeDefinition(
                description = "Whether clients are asked for a certificate: none, wanted or needed",
                options = {
                    @Option(label = "none", value = "none"),
                    @Option(label = "wanted", value = "wanted"),
                    @Option(label = "needed", value = "needed")
                })
        String client_certificates() default "none";

        /**
         * Who vouches for clients.
         *
         * @return a PEM file with certificates of authorities; from the folder etc/ of the home
         */
        @AttributeDefinition(description = "PEM file with the authorities that vouch for clients")
        String client_ca() default "";
    }

    static final String PID = "io.fieldgate.security.tls";

    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificates.class);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final long STOP_MILLIS = 2000;

    private final Path etc;
    private final TlsCertificate certificate;
    private final ServiceRegistration<TlsIdentity> registration;
    private final Thread watch = new Thread(this::watch, "fieldgate-certificate-watch");
    private final Semaphore turns = new Semaphore(1); // the first is at once

    private volatile boolean stopped;

    private final Object announcing = new Object();
    private Optional<TlsInForce> announced = Optional.empty(); // guarded by announcing

    /**
     * Begins to watch.
     *
     * @param context the bundle's
     * @param config the configuration
     */
    @Activate
    public TlsCertificates(BundleContext context, Config config) {
        Path home = home(context);
        etc = home.resolve("etc");
        certificate = new TlsCertificate(
                TlsSettings.of(config, etc),
                new SelfSignedStore(
                        home.resolve("data").resolve("security").resolve("tls"),
                        new SelfSignedTool(),
                        Clock.systemUTC()),
                Clock.systemUTC());
        registration = context.registerService(TlsIdentity.class, new Identity(), null);
        watch.setDaemon(true);
        watch.setContextClassLoader(null);
        watch.start();
    }

    static Path home(BundleContext context) {
        return Path.of(Optional.ofNullable(context.getProperty(Gateway.HOME)).orElse(""))
                .toAbsolutePath();
    }

    /** Follows another configuration, or none of it; it is {@link TlsCheck} that fails with a bad one, and says so. */
    @Modified
    void modified(Config config) {
        try {
            certificate.follow(TlsSettings.of(config, etc));
            turns.release();
        } catch (IllegalArgumentException e) {
            LOG.debug("the last good configuration goes on", e);
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped = true;
        watch.interrupt();
        registration.unregister();
        watch.join(STOP_MILLIS);
    }

    private void watch() {
        try {
            while (!stopped) {
                if (turns.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    turns.drainPermits();
                }
                certificate.look(false);
                announce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    /** Says that there is another certificate; without the lock that is held while one is made. */
    private void announce() {
        synchronized (announcing) {
            Optional<TlsInForce> now = certificate.inForce();
            if (stopped || now.isEmpty() || now.equals(announced)) {
                return;
            }
            announced = now;
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(TlsIdentity.FINGERPRINT, now.get().pair().fingerprint());
            try {
                registration.setProperties(properties);
            } catch (IllegalStateException e) {
                LOG.debug("nobody is interested any more", e);
            }
        }
    }

    private final class Identity implements TlsIdentity {

        @Override
        public SSLContext context() {
            return now().context();
        }

        @Override
        public ClientCertificate clientCertificate() {
            return certificate
                    .inForce()
                    .map(TlsInForce::client)
                    .orElse(certificate.settings().client());
        }

        @Override
        public String fingerprint() {
            return now().pair().fingerprint();
        }

        @Override
        public Instant expires() {
            return now().pair().ends();
        }

        @Override
        public boolean selfSigned() {
            return certificate
                    .inForce()
                    .map(TlsInForce::selfSigned)
                    .orElse(certificate.settings().source().isEmpty());
        }

        @Override
        public Optional<String> reload() {
            Optional<String> problem = certificate.look(true);
            announce();
            return problem;
        }

        private TlsInForce now() {
            try {
                TlsInForce now = certificate.get();
                announce();
                return now;
            } catch (CertificateRefused e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }
}
