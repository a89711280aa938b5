-- What a service's role may do in its database; run by the owner after every migration, any number of times.
-- The role is named as the database. Nothing is granted by default: a table is usable only once this ran.
DO $$
DECLARE
    role text := current_database();
    append_only text[] := ARRAY['audit_entry', 'audit_leaf', 'audit_node', 'audit_head', 'witnessed_head', 'trail_bridge'];
    name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', role);
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('REVOKE ALL ON %I FROM %I', name, role);
        IF name = ANY (append_only) THEN
            EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', name, role);
        ELSIF name LIKE '%\_version' THEN
            EXECUTE format('GRANT SELECT ON %I TO %I', name, role);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO %I', name, role);
        END IF;
    END LOOP;
    -- Shredding a case key clears the salts and nothing else; a trigger holds it to NULL.
    IF to_regclass('public.audit_entry') IS NOT NULL THEN
        EXECUTE format('GRANT UPDATE (salts) ON audit_entry TO %I', role);
    END IF;
END
$$;
