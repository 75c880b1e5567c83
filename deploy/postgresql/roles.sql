-- Roles and schemas of Borrower Journey, made in the database this runs in, by a superuser.
-- Idempotent: run it at every start or after every change. It sets no passwords and drops nothing.

DO $$
DECLARE
    owner text;
BEGIN
    FOREACH owner IN ARRAY ARRAY['bj_session', 'bj_projector', 'bj_notifier'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN
            EXECUTE format('CREATE ROLE %I', owner);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', owner);
    END LOOP;

    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bj_journey_reader') THEN
        CREATE ROLE bj_journey_reader;
    END IF;
    ALTER ROLE bj_journey_reader NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
END
$$;

CREATE SCHEMA IF NOT EXISTS session AUTHORIZATION bj_session;
ALTER SCHEMA session OWNER TO bj_session;

CREATE SCHEMA IF NOT EXISTS journey AUTHORIZATION bj_projector;
ALTER SCHEMA journey OWNER TO bj_projector;

CREATE SCHEMA IF NOT EXISTS notification AUTHORIZATION bj_notifier;
ALTER SCHEMA notification OWNER TO bj_notifier;

-- Reading across schemas goes through the views that their owner grants to this role, and through nothing else.
GRANT bj_journey_reader TO bj_session, bj_notifier;
GRANT USAGE ON SCHEMA journey, notification TO bj_journey_reader;

REVOKE ALL ON SCHEMA session, journey, notification FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO bj_session, bj_projector, bj_notifier', current_database());
    -- An unqualified name means the role's own schema, whoever asks.
    EXECUTE format('ALTER ROLE bj_session IN DATABASE %I SET search_path = session', current_database());
    EXECUTE format('ALTER ROLE bj_projector IN DATABASE %I SET search_path = journey', current_database());
    EXECUTE format('ALTER ROLE bj_notifier IN DATABASE %I SET search_path = notification', current_database());
END
$$;
