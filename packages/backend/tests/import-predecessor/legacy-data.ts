/** The same small predecessor in both of its shapes, with rows of every kind that must be rejected. */
const AT = '2025-11-05 08:30:00'

export const DUMP = `
CREATE TABLE \`users\` (\`id\` int, \`email\` varchar(255), \`password_hash\` varchar(255), PRIMARY KEY (\`id\`));
CREATE TABLE \`parking_zones\` (\`id\` int, \`name\` varchar(255), \`latitude\` decimal(10,8), \`longitude\` decimal(11,8),
  \`total_spots\` int, \`available_spots\` int, \`colour\` varchar(9), \`is_active\` tinyint(1), \`created_at\` datetime, PRIMARY KEY (\`id\`));
CREATE TABLE \`user_reports\` (\`id\` int, \`user_id\` int, \`zone_id\` int, \`report_type\` varchar(20), \`available_spots\` int,
  \`created_at\` datetime, PRIMARY KEY (\`id\`));
CREATE TABLE \`report_images\` (\`id\` int, \`report_id\` int, \`image_url\` varchar(255), PRIMARY KEY (\`id\`));
CREATE TABLE \`sessions\` (\`id\` int, PRIMARY KEY (\`id\`));
INSERT INTO \`users\` VALUES (1,'ada@example.org','$2b$10$secret'),(2,'ben@example.org','$2b$10$other');
INSERT INTO \`parking_zones\` VALUES
 (1,'King\\'s Row','37.79000000','-122.39000000',12,5,'#fff',1,'${AT}'),
 (2,'Unknown size','37.79100000','-122.39100000',-1,0,NULL,1,'${AT}'),
 (3,'In the sea','0.00000000','0.00000000',4,0,NULL,1,'${AT}'),
 (4,'Closed long ago','37.79200000','-122.39200000',8,0,NULL,0,'${AT}'),
 (5,'Off the globe','97.79200000','-122.39200000',8,0,NULL,1,'${AT}');
INSERT INTO \`user_reports\` VALUES
 (1,1,1,'update',4,'${AT}'),(2,1,1,'full',NULL,'${AT}'),(3,NULL,2,'available',NULL,'2025-11-06 08:30:00'),
 (4,1,1,'update',13,'${AT}'),(5,1,1,'dancing',NULL,'${AT}'),(6,1,9,'full',NULL,'${AT}'),(7,1,1,'full',NULL,'0000-00-00 00:00:00'),
 (8,1,1,'full',NULL,'2999-01-01 00:00:00'),(9,1,2,'update',3,'${AT}'),(10,1,3,'full',NULL,'${AT}'),(11,1,1,NULL,NULL,'${AT}');
INSERT INTO \`report_images\` VALUES (1,1,'uploads/1.jpg'),(2,2,NULL);
INSERT INTO \`sessions\` VALUES (1);
`

const seconds = Date.parse('2025-11-05T08:30:00Z') / 1000
const time = { _seconds: seconds, _nanoseconds: 500_000_000 }
const place = (lat: number, lng: number) => ({ _latitude: lat, _longitude: lng })

export const EXPORT = {
  users: { u1: { email: 'ada@example.org' }, u2: { email: 'ben@example.org' } },
  parkingZones: {
    z1: {
      name: "King's Row",
      location: place(37.79, -122.39),
      capacity: 12,
      availableSpots: 5,
      colour: '#fff',
      createdAt: time,
    },
    z2: { name: 'Unknown size', location: place(37.791, -122.391), capacity: -1 },
    z3: { name: 'In the sea', location: place(0, 0), capacity: 4 },
    z4: { name: 'Closed long ago', location: place(37.792, -122.392), capacity: 8, isActive: false },
    z5: { name: 'Nowhere', capacity: 8 },
  },
  userReports: [
    { id: 'r1', userId: 'u1', zoneId: 'z1', availableSpots: 4, createdAt: time },
    { id: 'r2', userId: 'u1', zoneId: 'z1', status: 'full', createdAt: '2025-11-05T09:30:00+01:00' },
    { id: 'r3', zoneId: 'z2', status: 'available', createdAt: seconds * 1000 + 86_400_000 },
    { id: 'r4', userId: 'u1', zoneId: 'z1', availableSpots: 13, createdAt: time },
    { id: 'r5', userId: 'u1', zoneId: 'z1', status: 'dancing', createdAt: time },
    { id: 'r6', userId: 'u1', zoneId: 'z9', status: 'full', createdAt: time },
    { id: 'r7', userId: 'u1', zoneId: 'z1', status: 'full', createdAt: 'yesterday' },
    { id: 'r8', userId: 'u1', zoneId: 'z1', status: 'full', createdAt: { _seconds: 32_500_000_000, _nanoseconds: 0 } },
    { id: 'r9', userId: 'u1', zoneId: 'z2', availableSpots: 3, createdAt: time },
    { userId: 'u1', zoneId: 'z1', status: 'full', createdAt: time },
    { id: 'r11', userId: 'u1', zoneId: 'z1', createdAt: time },
  ],
  reportImages: { i1: { reportId: 'r1', imageUrl: 'uploads/1.jpg' }, i2: { reportId: 'r2' } },
  sessions: { s1: {} },
}
