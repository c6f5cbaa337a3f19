package io.fieldgate.benchmark.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.Version;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;

/** Netty with the codecs it comes with, on NIO as all others are, with the settings it comes with. */
public final class NettyPeer {

    private static final int GREATEST_REQUEST = 65_536;

    private NettyPeer() {}

    /**
     * Serves until it is killed.
     *
     * @param arguments none
     * @throws InterruptedException if it is interrupted before it serves
     */
    public static void main(String... arguments) throws InterruptedException {
        EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        Channel server = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE)))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        String version = Version.identify().get("netty-codec-http").artifactVersion();
        ReadyLine.print("Netty", version, ((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final ChannelGroup subscribers;
        private final WebSocketServerProtocolConfig upgrades = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(true)
                .build();

        /** With the level and the window it comes with; what a client wants of context takeover it gets. */
        private final WebSocketServerExtensionHandshaker deflate =
                new PerMessageDeflateServerExtensionHandshaker(6, false, 15, true, true, GREATEST_REQUEST);

        private Pipeline(ChannelGroup subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HttpServerCodec());
            pipeline.addLast(new HttpServerKeepAliveHandler());
            pipeline.addLast(new HttpObjectAggregator(GREATEST_REQUEST));
            pipeline.addLast(new NettyPage());
            pipeline.addLast(new WebSocketServerExtensionHandler(deflate));
            pipeline.addLast(new WebSocketServerProtocolHandler(upgrades));
            pipeline.addLast(new NettySocket(subscribers));
        }
    }
}
