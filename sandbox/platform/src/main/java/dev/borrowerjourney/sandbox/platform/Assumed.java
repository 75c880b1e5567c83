package dev.borrowerjourney.sandbox.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what an assumed value of {@link Assumptions} means; the table in the README is made of these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Assumed {
    String value();
}
