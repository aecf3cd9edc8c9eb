-- 0042_customer_ledger: columns for the ledger
BEGIN;
ALTER TABLE customers ADD COLUMN ledger_id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE INDEX CONCURRENTLY idx_customers_last_name ON customers (last_name, first_name);
UPDATE schema_migrations SET version = '20261118093000', applied_at = '2026-11-18 09:30:00' WHERE id = 42;
INSERT INTO settings (key, value) VALUES ('retention_days', '365'), ('region', 'eu-central-1');
COMMIT;
