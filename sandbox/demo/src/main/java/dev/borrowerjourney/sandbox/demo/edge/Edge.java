package dev.borrowerjourney.sandbox.demo.edge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The routes are in {@code edge.yaml}. */
@SpringBootApplication
public class Edge {

    /** Starts the edge. */
    public static void main(String[] arguments) {
        // A name of its own: the launcher, which is no Spring process, lives in the same jar.
        System.setProperty("spring.config.name", "edge,application");
        SpringApplication.run(Edge.class, arguments);
    }
}
